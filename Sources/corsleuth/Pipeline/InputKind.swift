import Evidence
import Ingestion

/// What an input is.
enum InputKind {
  case har
  case log(LogFormat)
  case unknown(String)

  init(_ prefix: UnsafeRawBufferPointer, formats given: GivenFormats) {
    guard !prefix.isEmpty else {
      self = .unknown("it is empty")
      return
    }
    if prefix.starts(with: "SQLite format 3\0".utf8) {
      self = .unknown("a SQLite database; if it is a store, name it with --store")
      return
    }
    if InputKind.isTar(prefix) {
      // Its headers would be taken for the beginnings of lines.
      self = .unknown("a tar archive; unpack it, and give the folder")
      return
    }
    let head = Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(rebasing: prefix.prefix(HARSniffer.prefixLength)))
    let verdict = HARSniffer.look(at: head)
    if case .har = verdict, InputKind.hasEntries(prefix.prefix(HARSniffer.prefixLength)) {
      self = .har
    } else if let format = LogSniffer(head, formats: given.preferred).format {
      self = .log(format)
    } else if given.overrides {
      let best = LogSniffer(head, formats: given.formats).candidates.first
      if let best, best.fits > 0 {
        self = .log(best.format)
      } else {
        let why = best?.firstFailure.map { ": its first line \($0.why)" } ?? ""
        self = .unknown("no line of it is in the format given\(why)")
      }
    } else if let format = LogSniffer(head, formats: given.formats).format {
      self = .log(format)
    } else if verdict != .notJSON, given.preferred.isEmpty {
      // Its entries may begin after what was looked at.
      self = .har
    } else if let why = InputKind.failure(of: given.preferred, head) {
      self = .unknown("neither a HAR nor a log of a known format, nor in the one given: its first line \(why)")
    } else if InputKind.isUTF16(prefix) {
      self = .unknown("text in UTF-16, of which HAR files alone are read; make it UTF-8 (iconv -f UTF-16 -t UTF-8)")
    } else {
      self = .unknown("neither a HAR nor a log of a known format")
    }
  }

  /// Why the format given does not fit: of several the first's reason.
  private static func failure(of formats: [LogFormat], _ head: Span<UInt8>) -> String? {
    LogSniffer(head, formats: formats).candidates.first?.firstFailure?.why
  }

  private static func isTar(_ prefix: UnsafeRawBufferPointer) -> Bool {
    prefix.count > 262 && prefix[257..<262].elementsEqual("ustar".utf8)
  }

  /// As a byte order mark tells, or a NUL beside each of the first characters.
  private static func isUTF16(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard prefix.count >= 8 else { return false }
    let isMarked = prefix[0] == 0xFF && prefix[1] == 0xFE || prefix[0] == 0xFE && prefix[1] == 0xFF
    return isMarked
      || [0, 1].contains { odd in (0..<4).allSatisfy { prefix[$0 * 2 + odd] == 0 && prefix[$0 * 2 + 1 - odd] != 0 } }
  }

  /// Whether a member that every HAR's entry has shows up: servers' JSON has members called `request` and `log` too.
  private static func hasEntries(_ prefix: Slice<UnsafeRawBufferPointer>) -> Bool {
    let name = Array("\"startedDateTime\"".utf8)
    let bytes = UnsafeRawBufferPointer(rebasing: prefix)
    guard bytes.count >= name.count else { return false }
    for start in 0...(bytes.count - name.count) where bytes[start] == name[0] && bytes[start + 1] == name[1] {
      if name.indices.allSatisfy({ bytes[start + $0] == name[$0] }) { return true }
    }
    return false
  }
}
