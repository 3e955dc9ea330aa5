import Evidence
import Fetch
import Scanning

/// Reads the three shapes in which exporters write header fields, and keeps what a verdict may need.
struct HeaderReader {
  enum Side { case request, response }

  /// What the fields were, besides the list.
  struct Facts {
    var hasHost = false
    var hasPseudoHeaders = false
    var hasBrowserHeaders = false
    var hasSecret = false
    var isMap = false
    var isBadUTF8 = false
    /// Fields whose value somebody blacked out, or did not write; they are not in the list.
    var redacted = FieldSet()
    /// Those of a request that came already.
    var seen = FieldSet()
    /// Whether any name has a capital.
    var spellsNames = false
    /// Names, values, and four bytes a line.
    var byteCount = 0
    var count = 0
  }

  /// What a field's name says about it.
  struct NameFacts {
    var known: KnownField?
    var isPseudo = false
    var isAuthority = false
    var isKeptInResponses = false
    var isFetchMetadata = false
    /// A sanitising exporter removes it.
    var isSecret = false
    /// No browser sends it without a value.
    var isNeverEmpty = false
    var isCapitalized = false
  }

  /// Values of fields that no rule knows are kept up to this length.
  private static let unknownValueLimit = 128

  private var names = TextCache(bits: 10)
  private var nameFacts: [NameFacts]
  private var values = TextCache(bits: 12)

  init() { nameFacts = Array(repeating: NameFacts(), count: names.capacity) }

  mutating func read(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ side: Side, into list: inout HeaderList
  ) throws(JSONError) -> Facts {
    var facts = Facts()
    switch try cursor.next(bytes) {
    case UInt8(ascii: "["):
      cursor.at += 1
      list.fields.reserveCapacity(side == .request ? 20 : 12)
      while try cursor.element(bytes) { try element(bytes, &cursor, side, &list, &facts) }
    case UInt8(ascii: "{"):
      facts.isMap = true
      cursor.at += 1
      while let name = try cursor.key(bytes) { try mapped(name, bytes, &cursor, side, &list, &facts) }
    default: try cursor.skipValue(bytes)
    }
    return facts
  }

  /// `{"name": …, "value": …}`, or `[name, value]`.
  private mutating func element(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ side: Side, _ list: inout HeaderList, _ facts: inout Facts
  ) throws(JSONError) {
    var name: JSONString?
    var value: JSONString?
    var more: [JSONString] = []
    switch try cursor.next(bytes) {
    case UInt8(ascii: "{"):
      cursor.at += 1
      while let key = try cursor.key(bytes) {
        if key.count == 4, key.spells("name", bytes) {
          name = try scalar(bytes, &cursor)
        } else if key.count == 5, key.spells("value", bytes) {
          (value, more) = try lines(bytes, &cursor)
        } else {
          try cursor.skipValue(bytes)
        }
      }
    case UInt8(ascii: "["):
      cursor.at += 1
      var index = 0
      while try cursor.element(bytes) {
        let text = try scalar(bytes, &cursor)
        if index == 0 { name = text } else if index == 1 { value = text }
        index += 1
      }
    default: try cursor.skipValue(bytes)
    }
    guard let name else { return }
    add(name, value, bytes, side, &list, &facts)
    for line in more { add(name, line, bytes, side, &list, &facts) }
  }

  /// A value, or a list of the values of several lines.
  private func lines(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(JSONError) -> (first: JSONString?, more: [JSONString]) {
    guard try cursor.next(bytes) == UInt8(ascii: "[") else { return (try scalar(bytes, &cursor), []) }
    cursor.at += 1
    var first: JSONString?
    var more: [JSONString] = []
    while try cursor.element(bytes) {
      guard let line = try scalar(bytes, &cursor) else { continue }
      if first == nil { first = line } else { more.append(line) }
    }
    return (first, more)
  }

  /// `"name": value`, or `"name": [value, …]`.
  private mutating func mapped(
    _ name: JSONString, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ side: Side, _ list: inout HeaderList,
    _ facts: inout Facts
  ) throws(JSONError) {
    guard try cursor.next(bytes) == UInt8(ascii: "[") else {
      add(name, try scalar(bytes, &cursor), bytes, side, &list, &facts)
      return
    }
    cursor.at += 1
    while try cursor.element(bytes) { add(name, try scalar(bytes, &cursor), bytes, side, &list, &facts) }
  }

  /// A string, or a number or literal as its characters; `nil` for `null` and for what is no scalar.
  private func scalar(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> JSONString? {
    let first = try cursor.next(bytes)
    if first == UInt8(ascii: "\"") { return try cursor.string(bytes) }
    let start = cursor.at
    try cursor.skipValue(bytes)
    let isScalar = first != UInt8(ascii: "{") && first != UInt8(ascii: "[") && first != UInt8(ascii: "n")
    return isScalar ? JSONString(start: start, end: cursor.at, hasEscapes: false, isASCII: true) : nil
  }

  private mutating func add(
    _ name: JSONString, _ value: JSONString?, _ bytes: Span<UInt8>, _ side: Side, _ list: inout HeaderList,
    _ facts: inout Facts
  ) {
    guard name.count > 0 else { return }
    let (spelled, nameFacts) = nameText(name, bytes, &facts)
    facts.count += 1
    if nameFacts.isCapitalized { facts.spellsNames = true }
    if nameFacts.isPseudo {
      facts.hasPseudoHeaders = true
      guard nameFacts.isAuthority, side == .request, let value else { return }
      facts.hasHost = true
      list.fields.append(HeaderField(name: "host", known: .host, value: text(value, bytes, &facts)))
      return
    }
    if nameFacts.known == .host { facts.hasHost = true }
    if nameFacts.isFetchMetadata { facts.hasBrowserHeaders = true }
    if nameFacts.isSecret { facts.hasSecret = true }
    if side == .response, !nameFacts.isKeptInResponses { return }
    // What is written in place of a text, or left out, was not recorded: that is neither absent nor empty.
    if value == nil, let known = nameFacts.known {
      facts.redacted.insert(known)
      return
    }
    let isShort = (value?.count ?? 0) <= HeaderReader.unknownValueLimit
    if nameFacts.known == nil, !isShort {
      facts.byteCount += name.count + (value?.count ?? 0) + 4
      list.fields.append(HeaderField(name: spelled, known: nil, value: ""))
      return
    }
    let whole = value.map { text($0, bytes, &facts) } ?? ""
    facts.byteCount += spelled.utf8.count + whole.utf8.count + 4
    if side == .request, let known = nameFacts.known {
      // Tools that hear of a request as it was asked for, and as it was sent, list what is in both twice. No browser sends it so.
      if facts.seen.contains(known), list.fields.contains(where: { $0.known == known && $0.value == whole }) { return }
      facts.seen.insert(known)
    }
    if let known = nameFacts.known, HeaderRecord.isBlackedOut(whole) || whole.isEmpty && nameFacts.isNeverEmpty {
      facts.redacted.insert(known)
      return
    }
    // Chromium joins the lines of one name with a line feed; some exporters pass that on.
    if value?.hasEscapes == true, whole.utf8.contains(0x0A) {
      for line in whole.split(separator: "\n", omittingEmptySubsequences: false) {
        list.fields.append(HeaderField(name: spelled, known: nameFacts.known, value: String(line)))
      }
    } else {
      list.fields.append(HeaderField(name: spelled, known: nameFacts.known, value: whole))
    }
  }

  private mutating func nameText(
    _ name: JSONString, _ bytes: Span<UInt8>, _ facts: inout Facts
  ) -> (String, NameFacts) {
    if !name.hasEscapes, name.isASCII, name.count <= 128 {
      let (spelled, place, isNew) = names.text(bytes, name.start..<name.end)
      if isNew { nameFacts[place] = HeaderReader.facts(of: bytes.extracting(name.start..<name.end)) }
      return (spelled, nameFacts[place])
    }
    let (spelled, isValid) = JSONText.decode(bytes, HeaderReader.limited(name, bytes))
    if !isValid { facts.isBadUTF8 = true }
    return (spelled, HeaderReader.facts(of: spelled.utf8.span))
  }

  /// A short text is remembered, and shared with its equals.
  mutating func text(_ value: JSONString, _ bytes: Span<UInt8>, _ facts: inout Facts) -> String {
    if !value.hasEscapes, value.isASCII, value.count <= 512 {
      return values.text(bytes, value.start..<value.end).text
    }
    let (text, isValid) = JSONText.decode(bytes, HeaderReader.limited(value, bytes))
    if !isValid { facts.isBadUTF8 = true }
    return text
  }

  /// The string, or the prefix of it that is read.
  static func limited(_ string: JSONString, _ bytes: Span<UInt8>) -> JSONString {
    guard string.count > ElidedString.limit else { return string }
    var prefix = string
    prefix.end = string.start + ElidedString.prefixLength(bytes, from: string.start)
    return prefix
  }

  private static func facts(of name: Span<UInt8>) -> NameFacts {
    var facts = NameFacts()
    facts.known = KnownField.find(bytes: name)
    facts.isPseudo = name.count > 0 && name[0] == UInt8(ascii: ":")
    facts.isAuthority =
      facts.isPseudo && name.count == 10
      && name.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }.asciiLowercased() == ":authority"
    facts.isCapitalized = name.withUnsafeBufferPointer {
      $0.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
    facts.isNeverEmpty = facts.known == .origin || facts.known == .accessControlRequestMethod
    switch facts.known {
    case .secFetchMode, .secFetchSite, .secFetchDest: facts.isFetchMetadata = true
    case .cookie, .authorization, .setCookie: facts.isSecret = true
    default: break
    }
    facts.isKeptInResponses = facts.known != nil || looksLikeCORS(name)
    return facts
  }

  /// Whether this may be a CORS field misspelt: `Access-Control-Allow-Orgin`, `AccessControlAllowOrigin`, `Allow-Origin`.
  private static func looksLikeCORS(_ name: Span<UInt8>) -> Bool {
    let lower = name.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }.asciiLowercased()
    return lower.hasPrefix("acces") || lower.contains("allow-") || lower.contains("control-allow")
      || lower.hasPrefix("cors")
  }
}
