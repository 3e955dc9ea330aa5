/// Tables that scroll on their own where the page is narrow, so that the page does not.
enum Tables {
  static func scrolling(
    _ caption: String, class name: String = "", into html: inout HTML, _ body: (inout HTML) -> Void
  ) {
    html.element(.div, [.class("scroll"), .of(.tabindex, 0), .of(.role, "group"), .label(caption)]) { html in
      html.element(.table, name.isEmpty ? [] : [.class(name)]) { html in
        html.element(.caption, [.class("unseen")], caption)
        body(&html)
      }
    }
  }
}
