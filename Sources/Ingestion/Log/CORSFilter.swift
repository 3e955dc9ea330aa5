import Fetch
import Scanning

/// Tells, on bytes alone, which lines may take part in CORS.
///
/// What it lets through is a superset; the correlator decides.
///
/// - An `OPTIONS` is kept where it announces a method, or, in logs that do not say, where it has an `Origin`,
///   `Sec-Fetch-Mode: cors`, a foreign `Referer`, or a browser's user agent. Never `OPTIONS *`.
/// - Another request is kept where its `Origin` is not its host's; in logs without `Origin`, where `Sec-Fetch-Site` says so,
///   where its `Referer` is of an origin that made a preflight before, or where its method needs a preflight.
/// - In every log, where the same client had a preflight for the same target within the longest life of a cached one, in this log or
///   in one that is read with it.
struct CORSFilter {
  /// The longest that an engine keeps a preflight, in seconds, but for Firefox's day.
  static let window: Int64 = 7200
  /// How long after its preflight a request without `Origin` is looked at, where the log has a column for it.
  private static let shortWindow: Int64 = 120

  private var preflights = RecentPreflights()
  private var origins = HashSet64(capacity: 1 << 16)
  private var ownHosts = HashSet64(capacity: 1 << 12)
  private(set) var announced: AnnouncedElsewhere
  private let notesPreflights: Bool
  private let asked = AskedFields()

  init(ownHosts: [String], remembered: LogMemory, announced: AnnouncedElsewhere, notesPreflights: Bool) {
    // The oldest first, as in a log.
    for preflight in remembered.preflights.reversed() { preflights.note(preflight) }
    for origin in remembered.origins { origins.insert(origin) }
    self.announced = announced
    self.notesPreflights = notesPreflights
    for host in ownHosts {
      Array(host.asciiLowercased().utf8).withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { self.ownHosts.insert(LogBytes.hash(base, 0, bytes.count)) }
      }
    }
  }

  /// What a log that goes on from here should know.
  var memory: LogMemory {
    var memory = LogMemory()
    memory.preflights = preflights.newest(window: CORSFilter.window, limit: LogMemory.most)
    memory.origins = origins.members(limit: LogMemory.most)
    return memory
  }

  mutating func keeps(_ line: LogLine, seconds: Int64) -> Bool {
    guard line.isRequest else { return false }
    let isOptions = line.equals(line.method, "OPTIONS")
    if isOptions {
      if line.equals(line.target, "*") { return false }
      if isPreflight(line) {
        preflights.note(line, seconds: seconds)
        let origin = origin(line)
        if let origin { origins.insert(origin) }
        if notesPreflights { announced.note(line, seconds: seconds, origin: origin) }
        return true
      }
    }
    if line.records(asked.origin) {
      guard let origin = line.value(asked.origin) else {
        return preflights.contains(line, seconds: seconds, window: CORSFilter.shortWindow)
      }
      return isForeign(origin, line)
    }
    if let site = line.value(asked.secFetchSite) {
      return (line.equals(site, "cross-site") || line.equals(site, "same-site"))
        && (!line.records(asked.secFetchMode)
          || line.value(asked.secFetchMode).map { line.equals($0, "cors") } ?? false)
    }
    return keepsWithoutOrigin(line, isOptions, seconds)
  }

  /// Who a preflight came from: where only its `Referer` tells, without whom it was made to.
  private func origin(_ line: LogLine) -> UInt64? {
    if let origin = line.value(asked.origin) { return line.authorityHash(origin) ^ CORSFilter.host(line) }
    return line.value(asked.referer).map { line.authorityHash($0) }
  }

  private func keepsWithoutOrigin(_ line: LogLine, _ isOptions: Bool, _ seconds: Int64) -> Bool {
    if let referer = line.value(asked.referer) {
      let hash = line.authorityHash(referer)
      if origins.contains(hash) || announced.contains(origin: hash) { return true }
      if isOwn(hash, line) { return false }
    }
    if preflights.contains(line, seconds: seconds, window: CORSFilter.window)
      || announced.contains(line, seconds: seconds)
    {
      return true
    }
    if isOptions || line.equals(line.method, "GET") || line.equals(line.method, "POST")
      || line.equals(line.method, "HEAD")
    {
      return false
    }
    return !line.records(asked.userAgent) || isBrowser(line)
  }

  private func isPreflight(_ line: LogLine) -> Bool {
    let method = LogField.request(.accessControlRequestMethod)
    if line.records(method) { return line.value(method) != nil }
    if line.records(asked.origin) { return line.value(asked.origin) != nil }
    if let mode = line.value(asked.secFetchMode) { return line.equals(mode, "cors") }
    let referer = line.value(asked.referer)
    if let referer, isOwn(line.authorityHash(referer), line) { return false }
    if line.records(asked.userAgent) {
      return isBrowser(line) || referer != nil && CORSFilter.hasHost(line)
    }
    return referer != nil || !line.records(asked.referer)
  }

  /// Whether an origin is another than the request's own, as far as its host tells.
  private func isForeign(_ origin: Range<Int>, _ line: LogLine) -> Bool {
    if line.equals(origin, "null") { return true }
    if let site = line.value(asked.secFetchSite), line.equals(site, "same-origin") { return false }
    let hash = line.authorityHash(origin)
    let host = CORSFilter.host(line)
    if host == 0 { return !ownHosts.contains(hash) }
    if let scheme = line.value(.scheme), !CORSFilter.begins(origin, with: scheme, line) { return true }
    if hash == host { return false }
    // A logged host may lack its port: the same name is another origin only where a preflight was made for it.
    guard let name = CORSFilter.hostName(line), line.hostHash(name) == CORSFilter.nameHash(origin, line) else {
      return true
    }
    return CORSFilter.hasPort(line) || origins.contains(hash ^ host)
  }

  private func isOwn(_ authority: UInt64, _ line: LogLine) -> Bool {
    let host = CORSFilter.host(line)
    return host != 0 && host == authority || ownHosts.contains(authority)
  }

  // MARK: - Bytes

  @inline(__always)
  private static func hasHost(_ line: LogLine) -> Bool { host(line) != 0 }

  @inline(__always)
  private static func host(_ line: LogLine) -> UInt64 {
    if let host = line.value(.host) { return line.hostHash(host) }
    return line.authority.isEmpty ? 0 : line.authorityHash(line.authority)
  }

  private static func hostRange(_ line: LogLine) -> Range<Int>? {
    if let host = line.value(.host) { return host }
    guard !line.authority.isEmpty else { return nil }
    return afterScheme(line.authority, line)
  }

  private static func hostName(_ line: LogLine) -> Range<Int>? {
    hostRange(line).map { $0.lowerBound..<portColon($0, line) }
  }

  private static func hasPort(_ line: LogLine) -> Bool {
    hostRange(line).map { portColon($0, line) < $0.upperBound } ?? false
  }

  private static func nameHash(_ origin: Range<Int>, _ line: LogLine) -> UInt64 {
    let authority = afterScheme(origin, line)
    return line.hostHash(authority.lowerBound..<portColon(authority, line))
  }

  private static func afterScheme(_ url: Range<Int>, _ line: LogLine) -> Range<Int> {
    var start = LogBytes.find(UInt8(ascii: ":"), line.base, url.lowerBound, url.upperBound) + 1
    while start < url.upperBound, line.byte(start) == UInt8(ascii: "/") { start += 1 }
    return min(start, url.upperBound)..<url.upperBound
  }

  private static func portColon(_ authority: Range<Int>, _ line: LogLine) -> Int {
    var index = authority.upperBound - 1
    while index > authority.lowerBound, line.byte(index).isASCIIDigit { index -= 1 }
    return index > authority.lowerBound && line.byte(index) == UInt8(ascii: ":") ? index : authority.upperBound
  }

  private static func begins(_ origin: Range<Int>, with scheme: Range<Int>, _ line: LogLine) -> Bool {
    origin.count > scheme.count && line.byte(origin.lowerBound + scheme.count) == UInt8(ascii: ":")
  }

  /// A browser's `User-Agent`: `Mozilla/5.0` without a crawler's `compatible;`.
  private func isBrowser(_ line: LogLine) -> Bool {
    guard let agent = line.value(asked.userAgent), agent.count > 12,
      line.equals(agent.lowerBound..<agent.lowerBound + 8, "Mozilla/")
    else { return false }
    var index = agent.lowerBound
    while index < agent.upperBound {
      index = LogBytes.find(UInt8(ascii: "c"), line.base, index, agent.upperBound)
      if index + 11 <= agent.upperBound, line.equals(index..<index + 11, "compatible;") { return false }
      index += 1
    }
    return true
  }
}
