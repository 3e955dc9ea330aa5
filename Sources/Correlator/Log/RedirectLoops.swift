import Fetch

/// A line of a log whose request was answered by a redirect.
package struct RedirectedLine {
  package var id: Int64
  /// The same for all lines of one client and user agent.
  package var asker: UInt64
  package var url: String
  /// `nil` where nothing of it is recorded.
  package var location: String?
  /// When it was asked, and answered: microseconds since 1970.
  package var start: Int64
  package var end: Int64

  package init(id: Int64, asker: UInt64, url: String, location: String?, start: Int64, end: Int64) {
    self.id = id
    self.asker = asker
    self.url = url
    self.location = location
    self.start = start
    self.end = end
  }
}

/// Finds the requests that browsers gave up because their redirects did not end.
///
/// A fetch follows 20 redirects, and the 21st is a network error (Fetch, 4.5 *HTTP-redirect fetch*, step 7): so many lines of one
/// client that each ask for what the one before them led to are one request that failed, and the next line begins another.
/// Where `Location` is not logged, it shows in the number of equal lines alone: 21, or a multiple, at once and then no more.
package struct RedirectLoops {
  /// One request that was given up, hop by hop.
  package struct Loop: Equatable {
    package var hops: [Int64]
    /// Whether each hop is known to have led to the next.
    package var isRecorded: Bool
  }

  /// A client, and what it is expected to ask for next.
  private struct Place: Hashable {
    var asker: UInt64
    var target: String
  }

  private struct Chain {
    var hops: [Int64] = []
    var start: Int64
    var end: Int64

    init(_ line: RedirectedLine) { (start, end) = (line.start, line.end) }

    mutating func append(_ line: RedirectedLine) {
      hops.append(line.id)
      end = max(end, line.end)
    }
  }

  private static let length = Redirect.limit + 1
  /// How long after an answer its redirect is still followed, in microseconds; and the same where nothing shows where it led: there
  /// a page that asks once a second is no loop.
  private static let patience: (recorded: Int64, repeated: Int64) = (5_000_000, 2_000_000)
  /// How long 20 redirects take at most, in microseconds, where nothing shows where they led.
  private static let haste: Int64 = 10_000_000
  /// More equal lines in a row are a client that asks on and on, whatever it gets.
  private static let mostRepeated = 100 * length
  /// How many chains are kept before those that ended long ago are looked for.
  private static let crowd = 4_096

  private var recorded: [Place: [Chain]] = [:]
  private var repeated: [Place: Chain] = [:]
  private var leftBySweep = 0

  package init() {}

  /// Takes the next line, in the order of time, and tells of the loops that are at an end.
  package mutating func add(_ line: RedirectedLine, _ found: (Loop) -> Void) {
    if recorded.count + repeated.count >= max(RedirectLoops.crowd, 2 * leftBySweep) { sweep(line.start, found) }
    let place = Place(asker: line.asker, target: RedirectLoops.target(line.url))
    guard let location = line.location else { return addRepeated(line, at: place, found) }
    var chain = takeChain(at: place, before: line.start) ?? Chain(line)
    chain.append(line)
    if chain.hops.count == RedirectLoops.length { return found(Loop(hops: chain.hops, isRecorded: true)) }
    guard let next = RedirectLoops.target(location, from: line.url) else { return }
    recorded[Place(asker: line.asker, target: next), default: []].append(chain)
  }

  /// Tells of the loops that the end of all lines ends.
  package mutating func finish(_ found: (Loop) -> Void) { sweep(.max, found) }

  /// The oldest chain that leads there.
  private mutating func takeChain(at place: Place, before start: Int64) -> Chain? {
    guard var chains = recorded.removeValue(forKey: place) else { return nil }
    chains.removeAll { start - RedirectLoops.patience.recorded > $0.end }
    let chain = chains.isEmpty ? nil : chains.removeFirst()
    if !chains.isEmpty { recorded[place] = chains }
    return chain
  }

  private mutating func addRepeated(_ line: RedirectedLine, at place: Place, _ found: (Loop) -> Void) {
    var chain = repeated[place] ?? Chain(line)
    if line.start - RedirectLoops.patience.repeated > chain.end {
      RedirectLoops.end(chain, found)
      chain = Chain(line)
    }
    if chain.hops.count <= RedirectLoops.mostRepeated {
      chain.append(line)
    } else {
      chain.end = max(chain.end, line.end)
    }
    repeated[place] = chain
  }

  private mutating func sweep(_ now: Int64, _ found: (Loop) -> Void) {
    recorded = recorded.compactMapValues { chains in
      let left = chains.filter { now - RedirectLoops.patience.recorded <= $0.end }
      return left.isEmpty ? nil : left
    }
    let over = repeated.filter { now - RedirectLoops.patience.repeated > $0.value.end }
    for (place, chain) in over.sorted(by: { $0.value.hops[0] < $1.value.hops[0] }) {
      RedirectLoops.end(chain, found)
      repeated[place] = nil
    }
    leftBySweep = recorded.count + repeated.count
  }

  /// Ends a row of equal lines.
  private static func end(_ chain: Chain, _ found: (Loop) -> Void) {
    let loops = Int64(chain.hops.count / length)
    guard chain.hops.count.isMultiple(of: length), chain.end - chain.start <= loops * haste else { return }
    for first in stride(from: 0, to: chain.hops.count, by: length) {
      found(Loop(hops: Array(chain.hops[first..<first + length]), isRecorded: false))
    }
  }

  /// What a line asks for, whatever its scheme: a server behind a proxy that ends TLS logs another than it redirects to.
  private static func target(_ url: String) -> String { URLRecord(url).map { target($0) } ?? url }

  private static func target(_ record: URLRecord) -> String {
    (record.host ?? "") + (record.port.map { ":\($0)" } ?? "") + path(record)
  }

  private static func path(_ record: URLRecord) -> String { record.path + (record.query.map { "?" + $0 } ?? "") }

  /// What the next line asks for: of a log whose lines do not name their host, the path alone.
  private static func target(_ location: String, from url: String) -> String? {
    if let base = URLRecord(url) { return URLRecord(location, relativeTo: base).map { target($0) } }
    return URLRecord("http://server.invalid" + url).flatMap { URLRecord(location, relativeTo: $0) }.map { path($0) }
  }
}
