import Fetch
import Scanning

/// The line at hand: its bytes, its fields, and what of its request was worked out.
struct LogLine {
  let base: UnsafeRawPointer
  let count: Int
  private let places: UnsafeMutablePointer<LineFields.Place>

  private(set) var method = 0..<0
  /// Path and query, without scheme and authority.
  private(set) var target = 0..<0
  /// Scheme and authority of an absolute target.
  private(set) var authority = 0..<0
  /// The authority alone.
  var authorityHost: Range<Int> {
    LogBytes.find(UInt8(ascii: ":"), base, authority.lowerBound, authority.upperBound) &+ 3..<authority.upperBound
  }
  /// Where the target's path ends, and the hash of that.
  private(set) var pathEnd = 0
  private(set) var pathHash: UInt64 = 0
  private(set) var httpVersion = 0..<0
  /// A query that stands in a field of its own.
  private(set) var query = 0..<0
  /// Whether the request is a method and a target, and not the bytes of a scanner.
  private(set) var isRequest = false

  init(base: UnsafeRawPointer, count: Int, fields: LineFields) {
    self.base = base
    self.count = count
    places = fields.places
  }

  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { base.load(fromByteOffset: offset, as: UInt8.self) }

  @inline(__always)
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Whether the line has the field, be it empty.
  @inline(__always)
  func records(_ field: LogField) -> Bool { places[Int(field.slot & 127)].length >= 0 }

  /// The field's bytes where it has any: neither empty nor the `-` of an absent one.
  @inline(__always)
  func value(_ field: LogField) -> Range<Int>? {
    let place = places[Int(field.slot & 127)]
    guard place.length > 0 else { return nil }
    let start = Int(place.start)
    if place.length == 1, byte(start) == UInt8(ascii: "-") { return nil }
    return Range(uncheckedBounds: (start, start &+ Int(place.length)))
  }

  /// Whether the field was written, and nothing in it: sent empty, where an absent one is written `-`.
  @inline(__always)
  func isEmpty(_ field: LogField) -> Bool { places[Int(field.slot & 127)].length == 0 }

  /// Splits the request line on its first and last space; a target may hold raw ones.
  @inline(__always)
  mutating func findRequest() {
    if let line = value(.requestLine), byte(line.lowerBound) != UInt8(ascii: "{") {
      let space = LogBytes.find(0x20, base, line.lowerBound, line.upperBound)
      method = line.lowerBound..<space
      var end = line.upperBound
      if space < end {
        let last = LogBytes.findLast(0x20, base, space, end)
        if end &- last >= 6, byte(last &+ 1) == UInt8(ascii: "H"), byte(last &+ 5) == UInt8(ascii: "/"), last >= space {
          httpVersion = last &+ 1..<end
          end = max(last, space &+ 1)
        }
        target = space &+ 1..<max(end, space &+ 1)
      } else {
        target = space..<space
      }
    } else {
      method = value(.method) ?? 0..<0
      target = value(.target) ?? value(.path) ?? 0..<0
      if value(.target) == nil { query = value(.query) ?? 0..<0 }
      httpVersion = value(.protocolVersion) ?? 0..<0
    }
    isRequest = isToken(method) && !target.isEmpty
    if !target.isEmpty, byte(target.lowerBound) != UInt8(ascii: "/") { splitAuthority() }
    pathEnd = LogBytes.find(UInt8(ascii: "?"), base, target.lowerBound, target.upperBound)
    pathHash = LogBytes.hash(base, target.lowerBound, pathEnd)
  }

  private mutating func splitAuthority() {
    let colon = LogBytes.find(UInt8(ascii: ":"), base, target.lowerBound, min(target.upperBound, target.lowerBound + 8))
    guard colon + 2 < target.upperBound, byte(colon + 1) == UInt8(ascii: "/"), byte(colon + 2) == UInt8(ascii: "/")
    else { return }
    var slash = colon + 3
    while slash < target.upperBound, byte(slash) != UInt8(ascii: "/"), byte(slash) != UInt8(ascii: "?") { slash += 1 }
    authority = target.lowerBound..<slash
    target = slash..<target.upperBound
  }

  private func isToken(_ range: Range<Int>) -> Bool {
    guard !range.isEmpty, range.count <= 24 else { return false }
    for offset in range {
      let byte = byte(offset)
      guard (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-") else { return false }
    }
    return true
  }

  @inline(__always)
  func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount
      && LogBytes.equal(base, range.lowerBound, UnsafeRawPointer(text.utf8Start), 0, count: range.count)
  }

  /// The hash of the host and port in an origin or a `Referer`; 0 for one that has none.
  @inline(__always)
  func authorityHash(_ url: Range<Int>) -> UInt64 {
    // Escaped JSON may write `:\/\/`.
    let isPlain = url.count >= 8 && equals(url.lowerBound..<url.lowerBound &+ 8, "https://")
    var start = isPlain ? url.lowerBound &+ 8 : afterColon(url)
    while start < url.upperBound, byte(start) == UInt8(ascii: "/") || byte(start) == UInt8(ascii: "\\") { start &+= 1 }
    guard start < url.upperBound else { return 0 }
    var end = LogBytes.find(UInt8(ascii: "/"), base, start, url.upperBound)
    if end > start, byte(end &- 1) == UInt8(ascii: "\\") { end &-= 1 }
    return hostHash(start..<end)
  }

  private func afterColon(_ url: Range<Int>) -> Int {
    LogBytes.find(UInt8(ascii: ":"), base, url.lowerBound, url.upperBound) &+ 1
  }

  @inline(__always)
  func hostHash(_ range: Range<Int>) -> UInt64 { LogBytes.hash(base, range.lowerBound, range.upperBound) }

  /// The client's address, without a port and without the mark of IPv4 within IPv6; empty where none is logged.
  @inline(__always)
  func client() -> Range<Int> {
    if let client = value(.client) {
      return LogBytes.find(UInt8(ascii: ":"), base, client.lowerBound, client.upperBound) == client.upperBound
        ? client : address(client)
    }
    guard let both = value(.clientAndPort) else { return 0..<0 }
    var colon = both.upperBound - 1
    while colon > both.lowerBound, byte(colon) != UInt8(ascii: ":") { colon -= 1 }
    return address(both.lowerBound..<(colon > both.lowerBound ? colon : both.upperBound))
  }

  private func address(_ range: Range<Int>) -> Range<Int> {
    var range = range
    if range.count > 7, equals(range.lowerBound..<range.lowerBound + 7, "::ffff:") {
      range = range.lowerBound + 7..<range.upperBound
    }
    var last = -1
    var colons = 0
    var isBracketed = false
    for offset in range {
      if byte(offset) == UInt8(ascii: ":") { (last, colons) = (offset, colons + 1) }
      if byte(offset) == UInt8(ascii: "]") { (last, colons, isBracketed) = (-1, 0, true) }
    }
    // One colon parts an IPv4 address or a bracketed IPv6 one from its port.
    if colons == 1, last > 0 { range = range.lowerBound..<last }
    if isBracketed, range.count > 2, byte(range.lowerBound) == UInt8(ascii: "[") {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    return range
  }

  /// Who asked for what: the key under which a preflight and its request meet.
  @inline(__always)
  func clientAndTarget() -> UInt64 {
    let client = client()
    let seed = client.isEmpty ? 0 : LogBytes.hash(base, client.lowerBound, client.upperBound)
    let hash = LogBytes.hash(base, target.lowerBound, target.upperBound, seed: seed)
    return query.isEmpty ? hash : LogBytes.hash(base, query.lowerBound, query.upperBound, seed: hash)
  }

  /// The status as logged; 0 where there was none.
  @inline(__always)
  func status() -> Int? {
    let place = places[Int(LogField.status.slot)]
    guard place.length > 0 else { return place.length == 0 ? 0 : nil }
    var value = 0
    for offset in Int(place.start)..<Int(place.start) &+ Int(place.length) {
      let digit = byte(offset) &- 48
      guard digit < 10 else { return place.length == 1 && byte(offset) == UInt8(ascii: "-") ? 0 : nil }
      value = value &* 10 &+ Int(digit)
      if value > 9999 { return nil }
    }
    return value
  }
}
