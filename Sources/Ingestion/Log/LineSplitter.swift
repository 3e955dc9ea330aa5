/// Keeps the beginning of a line whose end is in a later chunk, and counts lines and bytes.
struct LineSplitter {
  /// The 1-based number of the line at hand.
  private(set) var line: Int
  /// Where it begins.
  private(set) var offset: Int
  private(set) var isPending = false
  private var pending: [UInt8] = []
  private var length = 0
  private let maximumLength: Int

  init(maximumLength: Int, line: Int, offset: Int) {
    self.maximumLength = maximumLength
    self.line = line
    self.offset = offset
  }

  mutating func append(_ bytes: UnsafeRawPointer, _ count: Int) {
    isPending = true
    length += count
    // One byte more than is allowed shows that the line is too long; more need not be kept.
    let room = max(0, maximumLength + 2 - pending.count)
    pending.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: min(count, room)))
  }

  /// The line that was pending.
  mutating func take() -> (bytes: [UInt8], length: Int, isTooLong: Bool) {
    let taken = (bytes: pending, length: length, isTooLong: length > maximumLength + 1)
    pending = []
    isPending = false
    length = 0
    return taken
  }

  /// Takes the buffer back for the next line, unless it has become a large one.
  mutating func giveBack(_ bytes: consuming [UInt8]) {
    guard bytes.capacity <= 1 << 16 else { return }
    bytes.removeAll(keepingCapacity: true)
    pending = bytes
  }

  @inline(__always)
  mutating func advance(_ bytes: Int) {
    line &+= 1
    offset &+= bytes
  }
}

/// Excerpts of lines for reports of problems.
enum LogSampleText {
  /// At most 120 bytes, printable, with what stands behind names of secrets left out.
  static func safe(_ line: [UInt8]) -> String {
    var text = ""
    for byte in line.prefix(120) {
      text.unicodeScalars.append(byte < 0x20 || byte >= 0x7F ? "." : Unicode.Scalar(byte))
    }
    let lower = text.lowercased()
    for name in ["cookie", "authorization", "token", "password", "secret", "bearer", "api_key", "apikey"] {
      if let found = lower.firstRange(of: name) {
        let count = lower.distance(from: lower.startIndex, to: found.upperBound)
        return String(text.prefix(count)) + "…"
      }
    }
    return text
  }
}
