import Words

/// Markup being written, piece by piece.
///
/// Safe by construction: elements and attributes are closed lists without a script's way in, and every text and attribute
/// value is made visible (`VisibleText`) and escaped here. No member takes markup as a string.
struct HTML {
  private var buffer = ""
  /// Bytes written so far, those taken already included.
  private(set) var size = 0
  /// Texts that were cut because they were too long to be read.
  private(set) var cutTexts = 0

  /// What the report's own words are said in.
  let language: Language

  init(_ language: Language) { self.language = language }

  /// Characters after which a text from input is cut in the middle.
  static let longestText = 1200

  /// Begins a document.
  static func document(_ language: Language) -> HTML {
    var html = HTML(language)
    html.raw("<!DOCTYPE html>\n")
    return html
  }

  /// Whether a text has to be cut.
  private static func isLong(_ text: some StringProtocol) -> Bool {
    // By scalars: a single character can be a megabyte of combining marks.
    text.utf8.count > longestText && text.unicodeScalars.count > longestText
  }

  static func shortened(_ text: some StringProtocol) -> String {
    guard isLong(text) else { return String(text) }
    let scalars = String(text).unicodeScalars
    return "\(String(scalars.prefix(longestText / 2)))…\(String(scalars.suffix(longestText / 2)))"
  }

  /// What was written since the last call.
  mutating func take() -> String {
    defer { buffer = "" }
    return buffer
  }

  mutating func text(_ text: some StringProtocol) {
    if HTML.isLong(text) { cutTexts += 1 }
    raw(HTML.escaped(HTML.shortened(text)))
  }

  /// The report's own words.
  mutating func say(_ message: Message) { text(language(message)) }

  /// Adds what was written elsewhere.
  mutating func append(_ other: HTML) {
    raw(other.buffer)
    cutTexts += other.cutTexts
  }

  /// Lines as written, for `pre`: line ends stay, everything else is a text.
  mutating func lines(_ text: some StringProtocol) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { raw("\n") }
      self.text(line)
    }
  }

  mutating func element(_ tag: Tag, _ attributes: [Attribute] = [], _ body: (inout HTML) -> Void) {
    raw(opening(tag, attributes))
    body(&self)
    raw("</\(tag.rawValue)>")
    if tag.endsLine { raw("\n") }
  }

  mutating func element(_ tag: Tag, _ attributes: [Attribute], _ text: String) {
    element(tag, attributes) { $0.text(text) }
  }

  mutating func element(_ tag: Tag, _ text: String) { element(tag, []) { $0.text(text) } }

  mutating func element(_ tag: Tag, _ attributes: [Attribute] = [], say message: Message) {
    element(tag, attributes) { $0.say(message) }
  }

  /// An element without content.
  mutating func void(_ tag: VoidTag, _ attributes: [Attribute] = []) { raw(opening(tag, attributes)) }

  /// The report's own script and style: the only text that is not escaped, and none of it comes from input.
  mutating func asset(_ asset: PageAsset) {
    let tag = asset.kind.rawValue
    raw("<\(tag)>\(asset.text)</\(tag)>\n")
  }

  private func opening(_ tag: some RawRepresentable<String>, _ attributes: [Attribute]) -> String {
    var out = "<" + tag.rawValue
    for attribute in attributes {
      out += " " + attribute.name
      if let value = attribute.value { out += "=\"\(HTML.escaped(value))\"" }
    }
    return out + ">"
  }

  private mutating func raw(_ markup: String) {
    buffer += markup
    size += markup.utf8.count
  }

  /// Visible, and without a character that HTML takes for its own.
  static func escaped(_ text: some StringProtocol) -> String {
    let visible = VisibleText.escaped(text)
    guard visible.utf8.contains(where: isSpecial) else { return visible }
    var out: [UInt8] = []
    out.reserveCapacity(visible.utf8.count + 16)
    for byte in visible.utf8 {
      switch byte {
      case UInt8(ascii: "&"): out += "&amp;".utf8
      case UInt8(ascii: "<"): out += "&lt;".utf8
      case UInt8(ascii: ">"): out += "&gt;".utf8
      case UInt8(ascii: "\""): out += "&quot;".utf8
      case UInt8(ascii: "'"): out += "&#39;".utf8
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}
