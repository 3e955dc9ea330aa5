import Fetch
import Scanning

/// The line at hand: its bytes, its fields, and what of its request was worked out.
///
/// It is four addresses and numbers: what they lead to is used again for the next line.
struct LogLine {
  let base: UnsafeRawPointer
  let count: Int
  private let places: UnsafeMutablePointer<LineFields.Place>
  private let request: UnsafeMutablePointer<LineRequest>

  var method: Range<Int> { request.pointee.method }
  var methodKey: UInt64 { request.pointee.methodKey }
  /// Path and query, without scheme and authority.
  var target: Range<Int> { request.pointee.target }
  /// Scheme and authority of an absolute target.
  var authority: Range<Int> { request.pointee.authority }
  /// The authority alone.
  var authorityHost: Range<Int> {
    LogBytes.find(UInt8(ascii: ":"), base, authority.lowerBound, authority.upperBound) &+ 3..<authority.upperBound
  }
  /// Where the target's path ends, and the hash of that.
  var pathEnd: Int { request.pointee.pathEnd }
  var pathHash: UInt64 { request.pointee.pathHash }
  var httpVersion: Range<Int> { request.pointee.httpVersion }
  /// A query that stands in a field of its own.
  var query: Range<Int> { request.pointee.query }
  /// Whether the request is a method and a target, and not the bytes of a scanner.
  var isRequest: Bool { request.pointee.isRequest }

  @inline(__always)
  init(base: UnsafeRawPointer, count: Int, fields: LineFields) {
    self.base = base
    self.count = count
    (places, request) = (fields.places, fields.request)
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

  /// Works out what the line requests; before, that is another line's.
  @inline(__always)
  func findRequest() { request.pointee.find(self) }

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
    if let client = forwardedFor() ?? value(.client) ?? value(.peer) { return first(client) }
    guard let both = value(.clientAndPort) else { return 0..<0 }
    var colon = both.upperBound - 1
    while colon > both.lowerBound, byte(colon) != UInt8(ascii: ":") { colon -= 1 }
    return address(both.lowerBound..<(colon > both.lowerBound ? colon : both.upperBound))
  }

  /// The addresses that proxies noted, each of whom the next one was asked by; of a request that came through one, the connection
  /// tells the proxy's.
  @inline(__always)
  private func forwardedFor() -> Range<Int>? {
    guard let range = value(LogLine.xForwardedFor) else { return nil }
    let first = byte(range.lowerBound)
    return first.isASCIIHexDigit || first == UInt8(ascii: ":") || first == UInt8(ascii: "[") ? range : nil
  }

  private static let xForwardedFor = LogField.request(.xForwardedFor)

  /// The first of a list of addresses, which is the client's.
  @inline(__always)
  private func first(_ list: Range<Int>) -> Range<Int> {
    let end = LogBytes.find(UInt8(ascii: ","), base, list.lowerBound, list.upperBound)
    let address = list.lowerBound..<end
    return LogBytes.find(UInt8(ascii: ":"), base, list.lowerBound, end) == end ? address : self.address(address)
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
