import Scanning

/// Cuts one value out of chunks that end anywhere, into a small buffer, or passes over it.
///
/// Only quotes and brackets are looked at. Long strings keep a prefix, members that no verdict needs are dropped, and so is what is
/// nested deeper than any member that is read: an entry with a body of 500 MB costs some kilobytes.
struct EntryCutter {
  /// What an entry may come to after all this, in bytes.
  static let bufferLimit = 4 << 20
  /// `_initiator.stack.callFrames[0].url` is the deepest member that is read.
  private static let keptDepth = 5
  private static let dropped: [[UInt8]] = ["_webSocketMessages", "cache", "timings", "_chunks", "_securityDetails"].map
  {
    Array($0.utf8)
  }

  enum Outcome {
    case needsMore
    case finished
    /// The value never ended; another entry's members begin here, and the cutter goes on with those.
    case lostTrack
  }

  private(set) var buffer: [UInt8] = []
  private(set) var depth = 0
  private(set) var isTooDeep = false
  private(set) var isTooLong = false
  /// A comma is missing, or a bracket is closed by one of the other kind.
  private(set) var isBroken = false
  private var brackets = BracketStack()
  private var isAfterValue = false
  private var isInScalar = false
  private var isCopying = false
  private var isInString = false
  private var isEscaped = false
  private var stringStart = 0
  private var isEliding = false
  /// At depth 1: whether a colon came since the last comma, so that a string is a value.
  private var isPastColon = false
  private var isDropping = false
  private var matched = 0
  private var landmarks = 0

  /// Begins behind an opening brace (`depth` 1), or at a value (`depth` 0).
  mutating func begin(depth: Int, copying: Bool, landmarksSeen: Int = 0) {
    buffer.removeAll(keepingCapacity: true)
    self.depth = depth
    isCopying = copying
    isTooDeep = false
    isTooLong = false
    isBroken = false
    isAfterValue = false
    isInScalar = false
    brackets = BracketStack()
    if depth > 0 { _ = brackets.push(UInt8(ascii: "{")) }
    isInString = false
    isEscaped = false
    isEliding = false
    isPastColon = false
    isDropping = false
    matched = 0
    landmarks = landmarksSeen
  }

  /// Goes on at `at`, which it moves.
  mutating func run(_ bytes: Span<UInt8>, _ at: inout Int) -> Outcome {
    while at < bytes.count {
      if isInString, matched == 0, !isEscaped {
        let from = at
        at = Words.skipToQuoteOrBackslash(bytes, from: from)
        copyString(bytes, from..<at)
        if at == bytes.count { break }
      }
      let byte = bytes[at]
      at += 1
      if track(byte) { return .lostTrack }
      if isInString {
        stringByte(byte)
        if !isInString, depth == 0 { return .finished }
      } else if structureByte(byte) {
        return .finished
      }
    }
    return .needsMore
  }

  /// The value that was cut out; `takeBack` returns its memory for the next one.
  mutating func lendBuffer() -> [UInt8] {
    defer { buffer = [] }
    return buffer
  }

  mutating func takeBack(_ lent: consuming [UInt8]) { buffer = lent }

  private mutating func stringByte(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      isEliding = false
      isAfterValue = true
      append(byte)
      if depth == 1, !isPastColon { isDropping = isCopying && isDroppedKey() }
      return
    }
    if !isEliding { append(byte) }
    limitString()
  }

  /// Whether the value has ended.
  private mutating func structureByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""):
      beginValue()
      isInString = true
      append(byte)
      stringStart = buffer.count
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      beginValue()
      depth += 1
      if !brackets.push(byte) { isTooDeep = true }
      append(byte, at: depth - 1)
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if depth == 1, isDropping { endDropping() }
      depth -= 1
      append(byte)
      isInScalar = false
      isAfterValue = true
      if !isTooDeep, !brackets.pop(byte) { isBroken = true }
      return depth <= 0
    case UInt8(ascii: ",") where depth == 1:
      separate()
      endDropping()
      isPastColon = false
      append(byte)
    case UInt8(ascii: ":") where depth == 1:
      separate()
      append(byte)
      isPastColon = true
    case UInt8(ascii: ","), UInt8(ascii: ":"):
      separate()
      append(byte)
    case 0...0x20:
      if isInScalar {
        isInScalar = false
        isAfterValue = true
      }
      append(byte)
    default:
      if !isInScalar { beginValue() }
      isInScalar = true
      append(byte)
    }
    return false
  }

  private mutating func beginValue() {
    if isAfterValue || isInScalar { isBroken = true }
    isAfterValue = false
    isInScalar = false
  }

  private mutating func separate() {
    isAfterValue = false
    isInScalar = false
  }

  /// Whether this byte completes a landmark that shows that the track is lost.
  private mutating func track(_ byte: UInt8) -> Bool {
    if byte != EntryLandmark.bytes[matched] {
      matched = byte == UInt8(ascii: "\"") && !isEscaped ? 1 : 0
      return false
    }
    if matched == 0, isEscaped { return false }
    matched += 1
    guard matched == EntryLandmark.bytes.count else { return false }
    matched = 0
    landmarks += 1
    guard landmarks > 1 else { return false }
    begin(depth: 1, copying: true, landmarksSeen: 1)
    buffer = EntryLandmark.bytes
    return true
  }

  private mutating func copyString(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard isCopying, !isDropping, !isEliding, depth <= EntryCutter.keptDepth, !range.isEmpty else { return }
    let room = max(0, stringStart + ElidedString.limit + 1 - buffer.count)
    bytes.extracting(range.prefix(room)).withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
    limitString()
  }

  /// Cuts a string that has grown past the limit to the prefix that is used, and lets the rest go by.
  ///
  /// One byte more than the limit is kept as the sign that the string was longer.
  private mutating func limitString() {
    guard isCopying, !isDropping, !isEliding, depth <= EntryCutter.keptDepth,
      buffer.count - stringStart > ElidedString.limit
    else { return }
    let kept = ElidedString.prefixLength(buffer.span, from: stringStart)
    buffer.removeSubrange((stringStart + kept)...)
    isEliding = true
  }

  private mutating func append(_ byte: UInt8) { append(byte, at: depth) }

  private mutating func append(_ byte: UInt8, at depth: Int) {
    guard isCopying, !isDropping, depth <= EntryCutter.keptDepth else { return }
    guard buffer.count < EntryCutter.bufferLimit else {
      isTooLong = true
      isCopying = false
      buffer.removeAll()
      return
    }
    buffer.append(byte)
  }

  private mutating func endDropping() {
    guard isDropping else { return }
    isDropping = false
    for byte in ":null".utf8 { append(byte) }
  }

  private func isDroppedKey() -> Bool {
    let key = buffer[stringStart..<max(stringStart, buffer.count - 1)]
    return EntryCutter.dropped.contains { $0.elementsEqual(key) }
  }
}
