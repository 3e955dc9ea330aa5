import Scanning

/// How many requests that take no part in CORS an endpoint had in an hour, by method and status.
package struct TrafficRow: Equatable, Sendable {
  /// The hour's beginning, in microseconds since 1970-01-01T00:00:00Z.
  package var hour: Int64
  /// The folded path; `…` for all those beyond the table's size, empty where the request had none.
  package var endpoint: String
  /// Empty where the request was none.
  package var method: String
  /// 0 where none was logged.
  package var status: Int
  package var count: Int

  package init(hour: Int64, endpoint: String, method: String, status: Int, count: Int) {
    self.hour = hour
    self.endpoint = endpoint
    self.method = method
    self.status = status
    self.count = count
  }
}

/// A bounded table of counts: endpoints are folded as bytes, and text is made of them once.
struct TrafficTable: ~Copyable {
  private var counts = CountTable()
  private var names: [String] = ["…", ""]
  private var identifiers: [String: Int] = ["…": 0, "": 1]
  private var methods: [String] = [""]
  private var methodKeys: [UInt64] = [0]
  /// Which endpoint a path of this hash folds to: the newest thousands.
  private var paths: [(hash: UInt64, endpoint: Int)] = []
  private var scratch: [UInt8] = []
  private var learner = EndpointLearner()
  private var learnings = 0

  private static let pathSlots = 1 << 14
  private let maximumEndpoints: Int
  private let maximumRows: Int
  private let patterns: EndpointPatterns

  init(maximumEndpoints: Int, maximumRows: Int, patterns: EndpointPatterns) {
    self.patterns = patterns
    self.maximumEndpoints = min(maximumEndpoints, 1 << 20 - 1)
    self.maximumRows = maximumRows
  }

  @inline(__always)
  mutating func count(_ line: LogLine, hour: Int64, status: Int) {
    if paths.isEmpty { forgetPaths() }
    var endpoint = 1
    var method = 0
    if line.isRequest {
      let hash = line.pathHash | 1
      let slot = Int(truncatingIfNeeded: hash &>> 7) & (TrafficTable.pathSlots &- 1)
      if paths[slot].hash == hash {
        endpoint = paths[slot].endpoint
      } else {
        endpoint = intern(line, line.target.lowerBound, line.pathEnd)
        paths[slot] = (hash, endpoint)
      }
      method = methodIndex(line)
    }
    add(TrafficTable.key(hour, endpoint, method, status), 1)
  }

  private mutating func forgetPaths() {
    paths = [(hash: UInt64, endpoint: Int)](repeating: (0, 0), count: TrafficTable.pathSlots)
  }

  private static func key(_ hour: Int64, _ endpoint: Int, _ method: Int, _ status: Int) -> UInt64 {
    // Hours since 1900: never 0, so that 0 marks an empty place.
    UInt64(truncatingIfNeeded: (hour &+ 613_608) & 0xFF_FFFF | 0x80_0000) &<< 40 | UInt64(endpoint & 0xF_FFFF) &<< 20
      | UInt64(method & 0xFF) &<< 12 | UInt64(status & 0xFFF)
  }

  @inline(__always)
  private mutating func add(_ key: UInt64, _ count: Int) {
    if !counts.add(count, toKnown: key) { insert(key, count) }
  }

  private mutating func insert(_ key: UInt64, _ count: Int) {
    if counts.used >= maximumRows, TrafficTable.endpoint(key) != 0 {
      add(TrafficTable.key(key, of: 0), count)
    } else {
      counts.insert(key, count)
    }
  }

  private static func endpoint(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key &>> 20) & 0xF_FFFF }

  /// The key of the same for another endpoint.
  private static func key(_ key: UInt64, of endpoint: Int) -> UInt64 {
    key & ~(0xF_FFFF &<< 20) | UInt64(endpoint) &<< 20
  }

  private mutating func methodIndex(_ line: LogLine) -> Int {
    let key = line.methodKey
    for index in methodKeys.indices where methodKeys[index] == key { return index }
    // A scanner's inventions share one place.
    guard methods.count < 64 else { return 0 }
    methods.append(
      String(
        decoding: UnsafeRawBufferPointer(start: line.base + line.method.lowerBound, count: line.method.count),
        as: UTF8.self))
    methodKeys.append(key)
    return methods.count - 1
  }

  private mutating func intern(_ line: LogLine, _ start: Int, _ end: Int) -> Int {
    scratch.removeAll(keepingCapacity: true)
    let bytes = UnsafeBufferPointer(
      start: (line.base + start).assumingMemoryBound(to: UInt8.self), count: end - start)
    var name = ""
    if !patterns.isEmpty, let own = patterns.name(ofPath: String(decoding: bytes, as: UTF8.self)) {
      name = own
    } else {
      EndpointFolder.fold(Span(_unsafeElements: bytes), from: 0, to: bytes.count, into: &scratch)
      name = String(decoding: scratch, as: UTF8.self)
      if !learner.isEmpty { name = learner.fold(name) }
    }
    if let found = identifiers[name] { return found }
    if names.count >= maximumEndpoints {
      // Learning rebuilds the table: once for each time that it has filled up with names, and no more than a few times.
      guard learnings < 8 else { return 0 }
      learn()
      name = learner.fold(name)
      if let found = identifiers[name] { return found }
      guard names.count < maximumEndpoints else { return 0 }
    }
    identifiers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  private mutating func learn() {
    learnings += 1
    let (rows, oldNames) = (counts.rows, names)
    var weights = [Int](repeating: 0, count: names.count)
    for row in rows { weights[TrafficTable.endpoint(row.key)] += row.count }
    learner.learn(zip(names, weights).dropFirst(2).map { (path: $0, count: $1) })
    (names, identifiers) = (["…", ""], ["…": 0, "": 1])
    var renamed = [0, 1]
    for name in oldNames.dropFirst(2) {
      let folded = learner.fold(name)
      let index = identifiers[folded] ?? names.count
      if index == names.count {
        identifiers[folded] = index
        names.append(folded)
      }
      renamed.append(index)
    }
    counts = CountTable()
    for row in rows {
      add(TrafficTable.key(row.key, of: renamed[TrafficTable.endpoint(row.key)]), row.count)
    }
    forgetPaths()
  }

  /// Every count, in an order that depends on the lines alone.
  var rows: [TrafficRow] {
    var rows: [TrafficRow] = []
    rows.reserveCapacity(counts.used)
    for row in counts.rows {
      let hour = Int64(row.key &>> 40 & 0x7F_FFFF) - 613_608
      rows.append(
        TrafficRow(
          hour: hour * 3_600_000_000, endpoint: names[TrafficTable.endpoint(row.key)],
          method: methods[Int(row.key &>> 12 & 0xFF)], status: Int(row.key & 0xFFF), count: row.count))
    }
    rows.sort {
      ($0.hour, $0.endpoint, $0.method, $0.status) < ($1.hour, $1.endpoint, $1.method, $1.status)
    }
    return rows
  }
}
