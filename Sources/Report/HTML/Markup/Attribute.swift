import Correlator
import Words

/// An attribute of a closed list: no event handler, no `style`, no `src`, and addresses only as a `Link`.
struct Attribute {
  let name: String
  /// `nil` for one that is there or not.
  let value: String?

  private init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }

  enum Name: String {
    case lang, charset, name, content, id, role, scope, tabindex, type, `for`, colspan, value
    case httpEquiv = "http-equiv"
    case label = "aria-label"
    case labelledBy = "aria-labelledby"
    case ariaHidden = "aria-hidden"
    case viewBox, preserveAspectRatio, x, y, width, height, x1, y1, x2, y2
    case focusable
    case dir
    /// What the report's script sorts and filters by.
    case dataSort = "data-sort"
    case dataCause = "data-cause"
    case dataOrigin = "data-origin"
    case dataEndpoint = "data-endpoint"
    case dataClients = "data-clients"
    case dataFailures = "data-failures"
    case dataLast = "data-last"
    case dataFilter = "data-filter"
    /// What the script says of a filter, and of a name that is empty.
    case dataShown = "data-shown"
    case dataAll = "data-all"
    case dataUntold = "data-untold"
    /// What a cell is called where the page is too narrow for headings.
    case dataName = "data-name"
  }

  static func of(_ name: Name, _ value: String) -> Attribute { Attribute(name.rawValue, HTML.shortened(value)) }

  static func of(_ name: Name, _ value: Int) -> Attribute { Attribute(name.rawValue, String(value)) }

  static func id(_ value: String) -> Attribute { Attribute("id", value) }

  static func `class`(_ names: String) -> Attribute { Attribute("class", names) }

  static func label(_ text: String) -> Attribute { .of(.label, text) }

  static func href(_ link: Link) -> Attribute { Attribute("href", link.address) }

  /// `{0} of {1} shown`, to be filled by the page's script.
  static func shown(in language: Language) -> Attribute {
    .of(.dataShown, language("\("{0}") of \("{1}") shown"))
  }

  static let hidden = Attribute("hidden", nil)
  static let open = Attribute("open", nil)
}

/// Where a link may lead: a place in the report itself, or a page of the catalogue.
///
/// Never an address from input.
enum Link {
  case place(String)
  /// The distinct failures of one group; values are percent-encoded.
  case failures(Findings.Grouping, String)
  case mdn(ReasonPage)

  var address: String {
    switch self {
    case .place(let id): "#\(id.percentEncoded())"
    case .failures(let group, let value):
      "#failures?\(group.rawValue)=\(VisibleText.escaped(HTML.shortened(value)).percentEncoded())"
    case .mdn(let page): page.address
    }
  }
}
