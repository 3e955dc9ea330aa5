import Words

/// Bars as inline SVG: stretched to the width they are given, so they hold no text.
enum Bars {
  /// Units across.
  static let span = 1000

  /// A chart that is said in words to whom cannot see it; without a label it is hidden from them.
  static func chart(
    label: Message?, height: Int, class name: String, into html: inout HTML, _ body: (inout HTML) -> Void
  ) {
    var attributes: [Attribute] = [
      .class(name), .of(.viewBox, "0 0 \(span) \(height)"), .of(.preserveAspectRatio, "none"),
      .of(.focusable, "false"),
    ]
    if let label {
      attributes += [.of(.role, "img"), .label(html.language(label))]
    } else {
      attributes.append(.of(.ariaHidden, "true"))
    }
    html.element(.svg, attributes, body)
  }

  static func rect(
    x: Int, y: Int, width: Int, height: Int, class name: String, tip: Message? = nil, into html: inout HTML
  ) {
    let place: [Attribute] = [
      .class(name), .of(.x, x), .of(.y, y), .of(.width, max(0, width)), .of(.height, max(0, height)),
    ]
    html.element(.rect, place) { html in if let tip { html.element(.tip, say: tip) } }
  }

  static func line(x1: Int, x2: Int, y: Int, class name: String, into html: inout HTML) {
    html.element(.line, [.class(name), .of(.x1, x1), .of(.y1, y), .of(.x2, x2), .of(.y2, y)]) { _ in }
  }

  static func swatch(_ name: String, into html: inout HTML) {
    chart(label: nil, height: span, class: "swatch", into: &html) { html in
      rect(x: 0, y: 0, width: span, height: span, class: name, into: &html)
    }
  }

  /// A bar whose length is a share; anything that is there at all has a mark.
  static func share(_ value: Int, of most: Int, class name: String, into html: inout HTML) {
    chart(label: nil, height: 10, class: "bar", into: &html) { html in
      guard value > 0 else { return }
      rect(x: 0, y: 0, width: max(8, width(value, of: most)), height: 10, class: name, into: &html)
    }
  }

  static func width(_ value: Int, of total: Int) -> Int {
    total > 0 ? Int(Double(value) / Double(total) * Double(span)) : 0
  }

  /// `12 %`; never `0 %` of something nor `100 %` of less than all.
  static func percent(_ value: Int, of total: Int) -> String {
    guard total > 0 else { return "" }
    let share = Double(value) / Double(total) * 100
    if value > 0, share < 1 { return "<1 %" }
    if value < total, share > 99 { return ">99 %" }
    return "\(Int(share.rounded())) %"
  }
}
