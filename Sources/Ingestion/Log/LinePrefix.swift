import Fetch

/// What collectors write before a server's own line: syslog (RFC 3164, RFC 5424, with ISO times), container runtimes (CRI, `docker
/// logs -t`, Compose, `kubectl logs --prefix`), and shippers' columns with tabs.
struct LinePrefix {
  private let line: UnsafeRawBufferPointer
  private var at = 0

  /// Where the server's own line begins; 0 where nothing of the kind is before it.
  static func end(_ line: UnsafeRawBufferPointer) -> Int {
    var prefix = LinePrefix(line: line)
    // A container's name may stand before its runtime's time.
    prefix.skipName()
    prefix.skipStamp()
    return prefix.at < line.count ? prefix.at : 0
  }

  private init(line: UnsafeRawBufferPointer) { self.line = line }

  private func byte(_ at: Int) -> UInt8 { at < line.count ? line[at] : 0 }

  private func isDigits(_ at: Int, _ count: Int) -> Bool { (at..<at + count).allSatisfy { byte($0).isASCIIDigit } }

  private func stands(_ text: StaticString, _ at: Int) -> Bool {
    at + text.utf8CodeUnitCount <= line.count
      && (0..<text.utf8CodeUnitCount).allSatisfy { line[at + $0] == text.utf8Start[$0] }
  }

  /// The end of the word that begins at `start`.
  private func wordEnd(_ start: Int) -> Int {
    line[min(start, line.count)...].prefix(256).firstIndex { $0 == 0x20 || $0 == 0x09 } ?? line.count
  }

  /// `api-1  | ` of Compose, `[pod/api-7d/nginx] ` of kubectl.
  private mutating func skipName() {
    if stands("[pod/", 0) {
      let end = wordEnd(0)
      if byte(end - 1) == UInt8(ascii: "]") { at = end + 1 }
      return
    }
    let end = wordEnd(0)
    guard end > 0,
      line[..<end].allSatisfy({ $0.isASCIIAlpha || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E })
    else { return }
    var bar = end
    while byte(bar) == 0x20 { bar += 1 }
    if byte(bar) == UInt8(ascii: "|"), byte(bar + 1) == 0x20 { at = bar + 2 }
  }

  private mutating func skipStamp() {
    var start = at
    if byte(start) == UInt8(ascii: "<") {
      var end = start + 1
      while isDigits(end, 1), end < start + 4 { end += 1 }
      guard end > start + 1, byte(end) == UInt8(ascii: ">") else { return }
      start = end + 1
      if isDigits(start, 1), byte(start + 1) == 0x20 { return skipFields(start + 2) }
    }
    if isISO(start) {
      skipISO(start)
    } else if isOldStamp(start) {
      skipTag(start + 16)
    }
  }

  /// RFC 5424 behind its version: time, host, program, process, message's kind, structured data.
  private mutating func skipFields(_ start: Int) {
    var position = start
    for _ in 0..<5 { position = wordEnd(position) + 1 }
    if byte(position) == UInt8(ascii: "[") {
      while position < line.count, !stands("] ", position) { position += 1 }
      position += 2
    } else if stands("- ", position) {
      position += 2
    } else {
      return
    }
    at = stands("\u{FEFF}", position) ? position + 3 : position
  }

  /// `2025-03-12T10:15:32`
  private func isISO(_ at: Int) -> Bool {
    isDigits(at, 4) && byte(at + 4) == UInt8(ascii: "-") && isDigits(at + 5, 2) && byte(at + 10) == UInt8(ascii: "T")
      && isDigits(at + 11, 2) && byte(at + 13) == UInt8(ascii: ":")
  }

  /// `Mar 12 10:15:32 `
  private func isOldStamp(_ at: Int) -> Bool {
    (0..<3).allSatisfy { byte(at + $0).isASCIIAlpha } && byte(at + 3) == 0x20 && byte(at + 6) == 0x20
      && isDigits(at + 5, 1) && isDigits(at + 7, 2) && byte(at + 9) == UInt8(ascii: ":") && isDigits(at + 10, 2)
      && byte(at + 12) == UInt8(ascii: ":") && isDigits(at + 13, 2) && byte(at + 15) == 0x20
  }

  private mutating func skipISO(_ start: Int) {
    let end = wordEnd(start)
    if byte(end) == 0x09 {
      // A time, a stream's or tag's name, and the line.
      let next = wordEnd(end + 1)
      if byte(next) == 0x09 { at = next + 1 }
      return
    }
    for stream in ["stdout", "stderr"] as [StaticString] where stands(stream, end + 1) {
      let flags = end + 1 + stream.utf8CodeUnitCount
      if byte(flags) == 0x20, byte(flags + 1) == UInt8(ascii: "F") || byte(flags + 1) == UInt8(ascii: "P"),
        byte(flags + 2) == 0x20
      {
        at = flags + 3
        return
      }
    }
    at = end + 1
    skipTag(end + 1)
  }

  /// `host nginx[812]: `, or the tag alone, where that stands here.
  private mutating func skipTag(_ start: Int) {
    for tag in [start, wordEnd(start) + 1] {
      let end = wordEnd(tag)
      // An address of IPv6 may end with colons.
      guard end > tag + 1, byte(end - 1) == UInt8(ascii: ":"), byte(end - 2) != UInt8(ascii: ":"), byte(end) == 0x20
      else { continue }
      at = end + 1
      return
    }
  }
}
