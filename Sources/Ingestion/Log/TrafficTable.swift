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
struct TrafficTable {
  private var keys: [UInt64] = []
  private var counts: [UInt32] = []
  private var used = 0
  private var names: [String] = ["…", ""]
  private var weights: [Int] = [0, 0]
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
    if keys.isEmpty { allocate() }
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
    weights[endpoint] &+= 1
    add(TrafficTable.key(hour, endpoint, method, status), 1)
  }

  private mutating func allocate() {
    keys = [UInt64](repeating: 0, count: 4096)
    counts = [UInt32](repeating: 0, count: 4096)
    paths = [(hash: UInt64, endpoint: Int)](repeating: (0, 0), count: TrafficTable.pathSlots)
  }

  private static func key(_ hour: Int64, _ endpoint: Int, _ method: Int, _ status: Int) -> UInt64 {
    // Hours since 1900: never 0, so that 0 marks an empty place.
    UInt64(truncatingIfNeeded: (hour &+ 613_608) & 0xFF_FFFF | 0x80_0000) &<< 40 | UInt64(endpoint & 0xF_FFFF) &<< 20
      | UInt64(method & 0xFF) &<< 12 | UInt64(status & 0xFFF)
  }

  private mutating func add(_ key: UInt64, _ count: UInt32) {
    var index = Int(truncatingIfNeeded: LogBytes.mix(key, 0x9E37_79B9)) & (keys.count &- 1)
    while keys[index] != 0 {
      if keys[index] == key {
        counts[index] &+= count
        return
      }
      index = (index &+ 1) & (keys.count &- 1)
    }
    if used >= maximumRows, key &>> 20 & 0xF_FFFF != 0 {
      add(key & ~(0xF_FFFF << 20), count)
      return
    }
    keys[index] = key
    counts[index] = count
    used += 1
    if used * 2 > keys.count { grow() }
  }

  private mutating func grow() {
    let old = (keys, counts)
    keys = [UInt64](repeating: 0, count: old.0.count * 2)
    counts = [UInt32](repeating: 0, count: old.0.count * 2)
    used = 0
    for (key, count) in zip(old.0, old.1) where key != 0 { add(key, count) }
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
    weights.append(0)
    return names.count - 1
  }

  private mutating func learn() {
    learnings += 1
    learner.learn(zip(names, weights).dropFirst(2).map { (path: $0, count: $1) })
    let old = (names: names, weights: weights, keys: keys, counts: counts)
    (names, weights, identifiers) = (["…", ""], [old.weights[0], old.weights[1]], ["…": 0, "": 1])
    var renamed = [0, 1]
    for (name, weight) in zip(old.names, old.weights).dropFirst(2) {
      let folded = learner.fold(name)
      let index = identifiers[folded] ?? names.count
      if index == names.count {
        identifiers[folded] = index
        names.append(folded)
        weights.append(0)
      }
      weights[index] += weight
      renamed.append(index)
    }
    keys = [UInt64](repeating: 0, count: old.keys.count)
    counts = [UInt32](repeating: 0, count: old.keys.count)
    used = 0
    for (key, count) in zip(old.keys, old.counts) where key != 0 {
      let endpoint = renamed[Int(key &>> 20 & 0xF_FFFF)]
      add(key & ~(0xF_FFFF << 20) | UInt64(endpoint) << 20, count)
    }
    paths = [(hash: UInt64, endpoint: Int)](repeating: (0, 0), count: TrafficTable.pathSlots)
  }

  /// Every count, in an order that depends on the lines alone.
  var rows: [TrafficRow] {
    var rows: [TrafficRow] = []
    rows.reserveCapacity(used)
    for (key, count) in zip(keys, counts) where key != 0 {
      let hour = Int64(key &>> 40 & 0x7F_FFFF) - 613_608
      rows.append(
        TrafficRow(
          hour: hour * 3_600_000_000, endpoint: names[Int(key &>> 20 & 0xF_FFFF)],
          method: methods[Int(key &>> 12 & 0xFF)],
          status: Int(key & 0xFFF), count: Int(count)))
    }
    rows.sort {
      ($0.hour, $0.endpoint, $0.method, $0.status) < ($1.hour, $1.endpoint, $1.method, $1.status)
    }
    return rows
  }
}
