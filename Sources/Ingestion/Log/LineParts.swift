import Evidence
import Fetch
import Scanning

/// Lines told by the hashes of their parts.
extension ExchangeBuilder {
  @inline(__always)
  func loggedLine(_ line: LogLine, at locator: Locator, time: LogTime) -> LoggedLine {
    let times = times(line, time)
    let hasURL = line.query.isEmpty && line.authority.isEmpty && isPlain(line, line.target)
    var logged = LoggedLine(
      locator: locator, startedAt: times.start, duration: times.duration, endedAt: times.end,
      granularity: time.granularity, status: line.status().flatMap { (100...999).contains($0) ? $0 : nil },
      url: hasURL ? url(line) : nil, path: line.bytes(ExchangeBuilder.path(line)),
      connection: line.bytes(line.value(.connection) ?? 0..<0), escape: escape)
    logged.client = line.bytes(line.client())
    guard object(.requestHeaders, line) == nil else { return logged }
    if let agent = line.value(asked.userAgent) { logged.userAgent = line.bytes(agent) }
    if let referer = line.value(asked.referer) { logged.referer = line.bytes(referer) }
    return logged
  }

  /// The byte that begins an escape, taken to be a backslash where the server escapes nothing.
  private var escape: UInt8 {
    switch escaping {
    case .none, .backslash, .json: UInt8(ascii: "\\")
    case .plus: UInt8(ascii: "+")
    case .percent: UInt8(ascii: "%")
    }
  }

  /// The target without its query.
  @inline(__always)
  private static func path(_ line: LogLine) -> Range<Int> {
    Range(uncheckedBounds: (line.target.lowerBound, line.pathEnd))
  }

  /// The target, with scheme and host before a path where the line has both.
  @inline(__always)
  private func url(_ line: LogLine) -> UnsafeRawBufferPointer? {
    guard let scheme = line.value(.scheme), let host = line.value(.host), !line.target.isEmpty,
      line.byte(line.target.lowerBound) == UInt8(ascii: "/")
    else { return line.bytes(line.target) }
    guard line.value(.port) == nil, isPlain(line, scheme), isPlain(line, host), line.target.count <= Scratch.size / 2,
      scheme.count + host.count <= Scratch.size / 4
    else { return nil }
    scratch.clear()
    for offset in scheme { scratch.append(line.byte(offset).asciiLowercased) }
    scratch.append("://")
    scratch.append(line.bytes(host))
    scratch.append(line.bytes(line.target))
    return scratch.bytes
  }

  /// Whether the bytes are the text: ASCII that the server did not escape, and no fragment.
  @inline(__always)
  private func isPlain(_ line: LogLine, _ range: Range<Int>) -> Bool {
    LogBytes.isASCII(line.base, range.lowerBound, range.upperBound, without: escape, UInt8(ascii: "#"))
  }

  /// Whether what stands before the path tells the server, or that the line names none: where the target is no path, or no host is
  /// before it, the path itself may be read as one.
  @inline(__always)
  private static func hasServerOfItsOwn(_ line: LogLine) -> Bool {
    func isHost(_ range: Range<Int>) -> Bool {
      guard let first = range.first.map({ line.byte($0) }) else { return false }
      return first.isASCIIAlpha || first.isASCIIDigit || first == UInt8(ascii: "[")
    }
    guard line.authority.isEmpty else { return isHost(line.authorityHost) }
    guard !line.target.isEmpty, line.byte(line.target.lowerBound) == UInt8(ascii: "/") else { return false }
    return line.value(.host).map(isHost) ?? true
  }

  @inline(__always)
  func parts(_ line: LogLine, seed: UInt64) -> LineParts {
    func hash(_ range: Range<Int>, _ seed: UInt64) -> UInt64 {
      LogBytes.hash(line.base, range.lowerBound, range.upperBound, seed: seed)
    }
    // The slot tells which of several fields a value stands in.
    func hash(_ field: LogField, _ seed: UInt64) -> UInt64 {
      let seed = LogBytes.mix(seed, UInt64(field.slot))
      return line.value(field).map { hash($0, seed) } ?? seed
    }
    var parts = LineParts()
    let client = line.client()
    if !client.isEmpty { parts.client = hash(client, seed) }
    parts.server = hash(.port, hash(.scheme, hash(.host, hash(line.authority, seed))))
    if let object = object(.requestHeaders, line) {
      // It says what the line's own fields would, and may say it otherwise: it stands for all of them.
      parts.server = hash(object, parts.server)
      (parts.userAgent, parts.referer) = (parts.server, parts.server)
    } else {
      if let agent = line.value(asked.userAgent) { parts.userAgent = hash(agent, seed) }
      if let referer = line.value(asked.referer) { parts.referer = hash(referer, seed) }
    }
    let path = ExchangeBuilder.path(line)
    if !ExchangeBuilder.hasServerOfItsOwn(line) { parts.server = hash(path, parts.server) }
    parts.path = hash(path, parts.server)
    // Fields that are first met later change what the absence of one in an earlier line means.
    let met = seed &+ UInt64(truncatingIfNeeded: slotCount)
    (parts.request, parts.response) = (hash(.requestHeaders, parts.server ^ met), hash(.responseHeaders, met))
    for field in headers {
      let state = UInt64(field.slot) &<< 2 | (line.records(field) ? line.isEmpty(field) ? 1 : 2 : 0)
      if field.responseField != nil {
        parts.response = hash(field, LogBytes.mix(parts.response, state))
      } else if field != asked.userAgent, field != asked.referer {
        parts.request = hash(field, LogBytes.mix(parts.request, state))
      } else {
        parts.request = LogBytes.mix(parts.request, state)
      }
    }
    parts.trait = hash(line.httpVersion, hash(line.method, parts.request))
    return parts
  }
}
