/// What is still known where a log ends: the preflights whose requests may stand in the next one, and which origins made any.
///
/// A rotated log goes on in another file. Read with the memory of the one before, that is kept of it which would be were they one file.
package struct LogMemory: Equatable, Sendable {
  struct Preflight: Equatable, Sendable {
    /// Of its client and target.
    var key: UInt64
    var path: UInt64
    var seconds: Int64
  }

  /// The newest first.
  var preflights: [Preflight] = []
  var origins: [UInt64] = []

  /// The most that a log leaves of each kind.
  static let most = 1024
  /// Seconds that a log's line may tell, and more: differences of them are numbers.
  private static let moments = -(Int64(1) << 40)...(1 << 40)

  package init() {}

  package var isEmpty: Bool { preflights.isEmpty && origins.isEmpty }

  /// Takes what another one knows besides; of one client and target the last preflight counts, and of all the newest.
  package mutating func add(_ other: LogMemory) {
    var keys: Set<UInt64> = []
    let all = (preflights + other.preflights).sorted { ($0.seconds, $0.key) > ($1.seconds, $1.key) }
    preflights = Array(all.filter { keys.insert($0.key).inserted }.prefix(LogMemory.most))
    let known = Set(origins)
    origins = Array((origins + other.origins.filter { !known.contains($0) }).prefix(LogMemory.most))
  }

  // MARK: - Bytes

  /// What `bytes` gave; whatever else is there is taken for nothing.
  package init(bytes: [UInt8]) {
    guard bytes.count.isMultiple(of: 8) else { return }
    let words = stride(from: 0, to: bytes.count, by: 8).map { start in
      bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    guard let first = words.first, let count = Int(exactly: first), count < words.count, words.count > 3 * count
    else { return }
    preflights = stride(from: 1, to: 1 + 3 * count, by: 3).map {
      Preflight(key: words[$0], path: words[$0 + 1], seconds: Int64(bitPattern: words[$0 + 2]))
    }.filter { LogMemory.moments.contains($0.seconds) }
    origins = Array(words[(1 + 3 * count)...])
  }

  package var bytes: [UInt8] {
    let words =
      [UInt64(preflights.count)] + preflights.flatMap { [$0.key, $0.path, UInt64(bitPattern: $0.seconds)] } + origins
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }
}
