import Scanning

/// Finds the parts of a HAR that are read, in chunks that end anywhere: its exporter, its pages, its entries.
///
/// Besides `log.entries` it accepts what goes round as HAR: `entries` at the root, an array of entries or of HARs, bare entries one
/// after another, Playwright's trace lines, several documents in a row, JSONP.
struct HARScanner {
  enum Unit {
    case entry, page, creator, browser
    /// Nobody's: what lies between a loss of track and the next sure footing.
    case wreck
  }

  enum Event: Equatable {
    case needsMore
    /// The members of a unit begin here, behind its opening brace.
    case unit(Unit)
    /// The exporter, named by a string instead of an object.
    case creatorName(String)
    /// A value that nobody reads begins here.
    case skip
    /// Something stands among the entries that is none.
    case notAnEntry
    /// What stands here cannot stand here.
    case damage
    case documentEnded
  }

  private enum Context {
    case root, rootArray, undecided, log, entries, pages
  }

  private(set) var sawLog = false
  private(set) var sawEntries = false
  private var contexts: [Context] = [.root]
  private var isInScalar = false
  private var isDamaged = false

  /// Whether a document has begun and not ended.
  var isInside: Bool { contexts.count > 1 }

  /// Moves `at` to the next event.
  ///
  /// Where more bytes are needed, `at` stays before what was not understood.
  mutating func next(_ bytes: Span<UInt8>, _ at: inout Int) -> Event {
    while true {
      if isInScalar, !skipScalar(bytes, &at) { return .needsMore }
      var cursor = JSONCursor(at: at)
      guard let byte = cursor.peek(bytes) else {
        at = cursor.at
        return .needsMore
      }
      at = cursor.at
      if let event = step(byte, bytes, &at) { return event }
    }
  }

  private mutating func step(_ byte: UInt8, _ bytes: Span<UInt8>, _ at: inout Int) -> Event? {
    guard let context = contexts.last else { return .needsMore }
    switch (context, byte) {
    case (.root, UInt8(ascii: "{")), (.rootArray, UInt8(ascii: "{")): return enter(.undecided, &at)
    case (.root, UInt8(ascii: "[")): return enter(.rootArray, &at)
    case (.root, _):
      // JSONP, a byte order mark, separators between documents.
      at += 1
      return nil
    case (.undecided, UInt8(ascii: "\"")), (.log, UInt8(ascii: "\"")): return member(context, bytes, &at)
    case (.undecided, UInt8(ascii: "}")), (.log, UInt8(ascii: "}")):
      leave(&at)
      return context == .log && contexts.last != .log ? .documentEnded : nil
    case (.entries, UInt8(ascii: "{")), (.log, UInt8(ascii: "{")):
      return unit(.entry, &at)
    case (.pages, UInt8(ascii: "{")): return unit(.page, &at)
    case (.entries, UInt8(ascii: "]")), (.pages, UInt8(ascii: "]")), (.rootArray, UInt8(ascii: "]")):
      leave(&at)
      return nil
    case (_, UInt8(ascii: ",")):
      at += 1
      return nil
    case (.entries, UInt8(ascii: "}")), (.entries, UInt8(ascii: ":")), (.pages, UInt8(ascii: "}")),
      (.pages, UInt8(ascii: ":")):
      at += 1
      return damaged(.unit(.wreck))
    case (.entries, _):
      startSkip(byte)
      return .notAnEntry
    case (.rootArray, UInt8(ascii: "}")), (.rootArray, UInt8(ascii: ":")):
      at += 1
      return damaged(.damage)
    case (.rootArray, _), (.pages, _):
      startSkip(byte)
      return isInScalar ? nil : .skip
    default:
      at += 1
      return damaged(.damage)
    }
  }

  private mutating func damaged(_ event: Event) -> Event? {
    if event == .damage, isDamaged { return nil }
    isDamaged = true
    return event
  }

  private mutating func enter(_ context: Context, _ at: inout Int) -> Event? {
    contexts.append(context)
    isDamaged = false
    at += 1
    return nil
  }

  private mutating func leave(_ at: inout Int) {
    contexts.removeLast()
    at += 1
  }

  private mutating func unit(_ unit: Unit, _ at: inout Int) -> Event {
    isDamaged = false
    at += 1
    return .unit(unit)
  }

  private mutating func startSkip(_ byte: UInt8) {
    isInScalar = byte != UInt8(ascii: "{") && byte != UInt8(ascii: "[") && byte != UInt8(ascii: "\"")
  }

  /// Whether the scalar's end was met.
  private mutating func skipScalar(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
    while at < bytes.count {
      switch bytes[at] {
      case 0...0x20, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: "\""):
        isInScalar = false
        return true
      default: at += 1
      }
    }
    return false
  }

  /// A member of the root object or of `log`, by its name and the first byte of its value.
  private mutating func member(_ context: Context, _ bytes: Span<UInt8>, _ at: inout Int) -> Event? {
    var cursor = JSONCursor(at: at)
    let key: JSONString
    let value: UInt8
    do throws(JSONError) {
      key = try cursor.string(bytes)
      try cursor.expect(UInt8(ascii: ":"), bytes)
      value = try cursor.next(bytes)
    } catch {
      if error.kind == .endOfInput, bytes.count - at < ElidedString.limit { return .needsMore }
      at += 1
      return damaged(.damage)
    }
    // A name that long is no name; and how much of it was there at once must not matter.
    guard cursor.at - at < ElidedString.limit else {
      at += 1
      return damaged(.damage)
    }
    let isObject = value == UInt8(ascii: "{")
    let isArray = value == UInt8(ascii: "[")
    let isUndecided = context == .undecided
    if isUndecided, HARScanner.isEntryMember(key, bytes) {
      // A bare entry: its members have begun already, with this one.
      contexts.removeLast()
      return .unit(.entry)
    }
    let start = at
    at = cursor.at
    if key.spells("log", bytes), isObject {
      sawLog = true
      contexts[contexts.count - 1] = .log
      return enter(.log, &at)
    }
    if key.spells("entries", bytes), isArray {
      sawEntries = true
      contexts[contexts.count - 1] = .log
      return enter(.entries, &at)
    }
    if key.spells("pages", bytes), isArray {
      contexts[contexts.count - 1] = .log
      return enter(.pages, &at)
    }
    if key.spells("snapshot", bytes), isObject { return unit(.entry, &at) }
    if key.spells("creator", bytes), isObject { return unit(.creator, &at) }
    if key.spells("browser", bytes), isObject { return unit(.browser, &at) }
    if key.spells("creator", bytes), value == UInt8(ascii: "\"") { return creatorName(bytes, &at, from: start) }
    startSkip(value)
    return isInScalar ? nil : .skip
  }

  /// A name as a string, whole or not yet; one too long to be a name is passed over.
  private mutating func creatorName(_ bytes: Span<UInt8>, _ at: inout Int, from start: Int) -> Event? {
    var cursor = JSONCursor(at: at)
    guard let name = try? cursor.string(bytes), cursor.at - start < ElidedString.limit else {
      if bytes.count - start >= ElidedString.limit { return .skip }
      at = start
      return .needsMore
    }
    at = cursor.at
    return .creatorName(JSONText.decode(bytes, name).text)
  }

  private static func isEntryMember(_ key: JSONString, _ bytes: Span<UInt8>) -> Bool {
    key.spells("request", bytes) || key.spells("response", bytes) || key.spells("startedDateTime", bytes)
      || key.spells("pageref", bytes) || key.spells("time", bytes) || key.spells("timings", bytes)
      || key.spells("cache", bytes) || key.spells("connection", bytes) || key.spells("serverIPAddress", bytes)
      || key.count > 0 && bytes[key.start] == UInt8(ascii: "_")
  }
}
