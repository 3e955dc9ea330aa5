import Fetch
import Scanning

/// What of a line's request was worked out.
struct LineRequest {
  var method = 0..<0
  /// The method's own bytes up to eight, a hash of more: what tells one from another.
  var methodKey: UInt64 = 0
  /// Path and query, without scheme and authority.
  var target = 0..<0
  /// Scheme and authority of an absolute target.
  var authority = 0..<0
  /// Where the target's path ends, and the hash of that.
  var pathEnd = 0
  var pathHash: UInt64 = 0
  var httpVersion = 0..<0
  /// A query that stands in a field of its own.
  var query = 0..<0
  /// Whether the request is a method and a target, and not the bytes of a scanner.
  var isRequest = false

  /// Splits the request of a line, in place: what was there before is another line's.
  @inline(__always)
  mutating func find(_ line: LogLine) {
    (authority, query, httpVersion) = (0..<0, 0..<0, 0..<0)
    if let whole = line.value(.requestLine), line.byte(whole.lowerBound) != UInt8(ascii: "{") {
      split(whole, line)
    } else {
      method = line.value(.method) ?? 0..<0
      target = line.value(.target) ?? line.value(.path) ?? LineRequest.route(line)
      if line.value(.target) == nil { query = line.value(.query) ?? 0..<0 }
      httpVersion = line.value(.protocolVersion) ?? 0..<0
    }
    let isToken: Bool
    (methodKey, isToken) = LineRequest.key(method, line)
    isRequest = isToken && !target.isEmpty
    if !target.isEmpty, line.byte(target.lowerBound) != UInt8(ascii: "/") { splitAuthority(line) }
    (pathEnd, pathHash) = LogBytes.hash(
      until: UInt8(ascii: "?"), line.base, target.lowerBound, target.upperBound, readable: line.count)
  }

  /// The path of the route that answered; a route of no path, such as `$default`, tells nothing.
  private static func route(_ line: LogLine) -> Range<Int> {
    guard let route = line.value(.route) else { return 0..<0 }
    let space = LogBytes.find(0x20, line.base, route.lowerBound, route.upperBound)
    let start = space < route.upperBound ? space + 1 : route.lowerBound
    guard start < route.upperBound, line.byte(start) == UInt8(ascii: "/") else { return 0..<0 }
    return start..<route.upperBound
  }

  /// Splits the request line on its first and last space; a target may hold raw ones.
  @inline(__always)
  private mutating func split(_ whole: Range<Int>, _ line: LogLine) {
    let (start, base) = (whole.lowerBound, line.base)
    var end = whole.upperBound
    let space = LogBytes.find(0x20, base, start, end)
    method = Range(uncheckedBounds: (start, space))
    guard space < end else {
      target = space..<space
      return
    }
    let last = LineRequest.lastSpace(base, space, end)
    if end &- last >= 6, line.byte(last &+ 1) == UInt8(ascii: "H"), line.byte(last &+ 5) == UInt8(ascii: "/") {
      httpVersion = Range(uncheckedBounds: (last &+ 1, end))
      end = last
    }
    target = Range(uncheckedBounds: (space &+ 1, max(end, space &+ 1)))
  }

  /// The last space from `space` on; nearly always the one before `HTTP/1.1` or its like, which is looked for first.
  @inline(__always)
  private static func lastSpace(_ base: UnsafeRawPointer, _ space: Int, _ end: Int) -> Int {
    if end &- 9 >= space {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
      // `HTTP/0.0`, of the digits only that they are some.
      if word & 0xF0FF_F0FF_FFFF_FFFF == 0x302E_302F_5054_5448,
        base.load(fromByteOffset: end &- 9, as: UInt8.self) == 0x20
      {
        return end &- 9
      }
    }
    return LogBytes.findLast(0x20, base, space, end)
  }

  /// A method's key, and whether it is a token of letters and hyphens.
  @inline(__always)
  private static func key(_ method: Range<Int>, _ line: LogLine) -> (UInt64, isToken: Bool) {
    let count = method.count
    guard count > 0, count <= 8, method.lowerBound &+ 8 <= line.count else { return unusualKey(method, line) }
    let word = UInt64(littleEndian: line.base.loadUnaligned(fromByteOffset: method.lowerBound, as: UInt64.self))
    let key = word & UInt64.max &>> UInt64(64 &- 8 &* count)
    return (key, LogBytes.areLettersOrHyphens(key, count))
  }

  private static func unusualKey(_ method: Range<Int>, _ line: LogLine) -> (UInt64, isToken: Bool) {
    var key: UInt64 = 0
    if method.count > 8 {
      key = LogBytes.hash(line.base, method.lowerBound, method.upperBound)
    } else {
      for offset in method.reversed() { key = key &<< 8 | UInt64(line.byte(offset)) }
    }
    let isToken = method.allSatisfy { offset in
      let byte = line.byte(offset)
      return (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
    }
    return (key, isToken && !method.isEmpty && method.count <= 24)
  }

  private mutating func splitAuthority(_ line: LogLine) {
    let end = min(target.upperBound, target.lowerBound + 8)
    let colon = LogBytes.find(UInt8(ascii: ":"), line.base, target.lowerBound, end)
    guard colon < end, colon + 2 < target.upperBound, line.byte(colon + 1) == UInt8(ascii: "/"),
      line.byte(colon + 2) == UInt8(ascii: "/")
    else { return }
    var slash = colon + 3
    while slash < target.upperBound, line.byte(slash) != UInt8(ascii: "/"), line.byte(slash) != UInt8(ascii: "?") {
      slash += 1
    }
    authority = target.lowerBound..<slash
    target = slash..<target.upperBound
  }
}
