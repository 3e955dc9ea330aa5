import Fetch
import Scanning

/// What other logs of the same run announce: which client had a preflight for which target, and from which origins they came.
///
/// Of several servers behind one name each may log a preflight whose request another one answers. It is a picture of fixed size:
/// it may show a preflight that was not there, and shows every one that was.
package struct AnnouncedElsewhere: Sendable {
  /// Two bits for each preflight, and one for its path; empty until one is noted.
  private var bits: [UInt64] = []
  private var origins = HashSet64(capacity: 1 << 16)
  /// Whether a preflight's line did not tell its origin: only logs of such lines need to know of others.
  package private(set) var lacksOrigin = false

  private static let bitCount = 1 << 26

  package init() {}

  package var isEmpty: Bool { bits.isEmpty }

  mutating func note(_ line: LogLine, seconds: Int64, origin: UInt64?) {
    if bits.isEmpty { bits = [UInt64](repeating: 0, count: AnnouncedElsewhere.bitCount / 64) }
    mark(line.pathHash)
    let key = AnnouncedElsewhere.key(line, AnnouncedElsewhere.span(seconds))
    mark(key)
    mark(key &>> 32)
    if let origin { origins.insert(origin) }
    if !line.records(.request(.origin)) { lacksOrigin = true }
  }

  /// Whether a preflight for this line's client and target may have been made within the longest life of a cached one.
  @inline(__always)
  func contains(_ line: LogLine, seconds: Int64) -> Bool {
    !bits.isEmpty && isMarked(line.pathHash) && isNear(line, AnnouncedElsewhere.span(seconds))
  }

  func contains(origin: UInt64) -> Bool { origins.contains(origin) }

  /// The neighbours hold what is within a span's length of any moment in this one.
  private func isNear(_ line: LogLine, _ span: Int64) -> Bool {
    for near in span - 1...span + 1 {
      let key = AnnouncedElsewhere.key(line, near)
      if isMarked(key), isMarked(key &>> 32) { return true }
    }
    return false
  }

  private static func span(_ seconds: Int64) -> Int64 { seconds / CORSFilter.window }

  private static func key(_ line: LogLine, _ span: Int64) -> UInt64 {
    LogBytes.mix(line.clientAndTarget(), UInt64(bitPattern: span))
  }

  private mutating func mark(_ hash: UInt64) {
    let bit = Int(truncatingIfNeeded: hash) & (AnnouncedElsewhere.bitCount - 1)
    bits[bit &>> 6] |= 1 &<< UInt64(bit & 63)
  }

  private func isMarked(_ hash: UInt64) -> Bool {
    let bit = Int(truncatingIfNeeded: hash) & (AnnouncedElsewhere.bitCount - 1)
    return bits[bit &>> 6] & 1 &<< UInt64(bit & 63) != 0
  }
}
