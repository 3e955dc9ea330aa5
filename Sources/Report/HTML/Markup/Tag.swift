/// The elements that a report is made of: none that loads, embeds or runs anything.
enum Tag: String {
  case html, head, title, body
  case header, main, nav, section, footer, div, span
  case h1, h2, h3, h4, p, ul, ol, li, dl, dt, dd
  case a, strong, small, code, pre, mark, details, summary
  case table, caption, thead, tbody, tr, th, td
  case button, select, option, label
  case svg, rect, line, g
  /// SVG's own, shown beside the pointer; `title` in HTML's head is written alike.
  static let tip = Tag.title

  /// Whether what follows begins a line of its own: for people who read the source.
  var endsLine: Bool {
    switch self {
    case .head, .title, .header, .nav, .section, .footer, .div, .h1, .h2, .h3, .h4, .p, .ul, .ol, .li, .dl,
      .pre, .details, .summary, .table, .caption, .thead, .tbody, .tr, .svg:
      true
    default: false
    }
  }
}

enum VoidTag: String {
  case meta, input
}
