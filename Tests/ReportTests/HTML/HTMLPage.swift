/// A page read back strictly: every element is closed in order, every attribute is quoted.
///
/// What is not so is in `errors`.
struct HTMLPage {
  final class Element {
    let name: String
    let attributes: [String: String]
    var children: [Element] = []
    /// The text of this element and of all in it.
    var text = ""
    /// The pieces of text that stand in this element itself.
    var ownTexts: [String] = []

    init(_ name: String, _ attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }

    func all(_ matches: (Element) -> Bool) -> [Element] {
      (matches(self) ? [self] : []) + children.flatMap { $0.all(matches) }
    }
  }

  private(set) var errors: [String] = []
  let root = Element("", [:])

  private static let voids: Set<String> = ["meta", "input"]

  init(_ source: String) {
    var rest = Substring(source)
    var open = [root]
    if rest.hasPrefix("<!DOCTYPE html>\n") { rest.removeFirst(16) } else { errors.append("no doctype") }
    while let start = rest.firstIndex(of: "<") {
      let text = HTMLPage.decoded(rest[..<start])
      for element in open { element.text += text }
      open.last?.ownTexts.append(text)
      rest = rest[start...].dropFirst()
      guard let end = rest.firstIndex(of: ">") else { break }
      let tag = String(rest[..<end])
      rest = rest[end...].dropFirst()
      if tag.hasPrefix("/") {
        let name = String(tag.dropFirst())
        if open.count > 1, open.last?.name == name { open.removeLast() } else { errors.append("stray </\(name)>") }
        continue
      }
      guard let element = HTMLPage.element(tag) else {
        errors.append("malformed <\(tag)>")
        continue
      }
      open.last?.children.append(element)
      if ["script", "style"].contains(element.name) {
        guard let close = rest.firstRange(of: "</\(element.name)>") else { continue }
        element.text = String(rest[..<close.lowerBound])
        rest = rest[close.upperBound...]
      } else if !HTMLPage.voids.contains(element.name) {
        open.append(element)
      }
    }
    errors += open.dropFirst().map { "unclosed <\($0.name)>" }
  }

  /// `name a="x" b`: anything else is `nil`.
  private static func element(_ tag: String) -> Element? {
    guard let match = tag.wholeMatch(of: #/([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)/#) else {
      return nil
    }
    var attributes: [String: String] = [:]
    for one in match.2.matches(of: #/ ([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/#) {
      guard attributes.updateValue(decoded(one.2 ?? ""), forKey: String(one.1)) == nil else { return nil }
    }
    return Element(String(match.1), attributes)
  }

  private static func decoded(_ text: Substring) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
      .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
  }

  func all(_ name: String) -> [Element] { root.all { $0.name == name } }

  func with(_ attribute: String) -> [Element] { root.all { $0.attributes[attribute] != nil } }

  func id(_ id: String) -> Element? { root.all { $0.attributes["id"] == id }.first }

  func classed(_ name: String) -> [Element] {
    root.all { ($0.attributes["class"] ?? "").split(separator: " ").contains(Substring(name)) }
  }

  /// What a page says to its reader: texts that are no code, labels, and what the script has to say.
  var words: [String] {
    let spoken = root.all { !["code", "script", "style"].contains($0.name) }
    let texts = spoken.flatMap(\.ownTexts)
    let labels = spoken.flatMap { element in
      ["aria-label", "data-shown", "data-all", "data-untold", "data-name"].compactMap { element.attributes[$0] }
    }
    return (texts + labels).filter { $0.contains(where: \.isLetter) }
  }

  /// Headings and sections as a reader of the outline meets them.
  var outline: String {
    func lines(_ element: Element, _ depth: Int) -> [String] {
      let kept = ["header", "nav", "main", "section", "footer", "h1", "h2", "h3", "h4", "table", "pre", "details"]
      let isKept = kept.contains(element.name)
      var line = String(repeating: "  ", count: depth) + element.name
      if let id = element.attributes["id"] { line += "#\(id)" }
      if element.name.hasPrefix("h"), element.name.count == 2 { line += " " + element.text }
      if element.name == "table", let caption = element.children.first(where: { $0.name == "caption" }) {
        line += " " + caption.text
      }
      return (isKept ? [line] : []) + element.children.flatMap { lines($0, isKept ? depth + 1 : depth) }
    }
    return root.children.flatMap { lines($0, 0) }.joined(separator: "\n")
  }
}
