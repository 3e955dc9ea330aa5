import Evidence
import Fetch
import Scanning

/// Reads a HAR, fed in chunks of any size, in memory that does not grow with it.
///
/// Whatever is wrong with the input is reported as an `IngestProblem`; every whole entry is used.
package struct HARReader {
  /// Larger chunks are taken in pieces of this size, so that the longest piece seen at once does not depend on the caller.
  private static let pieceSize = 1 << 20

  private let sink: any HARSink
  private var scanner = HARScanner()
  private var cutter = EntryCutter()
  private var entries = EntryReader()
  private var assembler: HARAssembler
  private var transcoder = UTF16Transcoder()
  /// What is being cut out; `nil` between values.
  private var cutting: HARScanner.Unit?
  private var isSkipping = false
  private var cutStart = 0
  /// Bytes of a token that the last chunk ended in.
  private var carry: [UInt8] = []
  /// The offset of the current piece in the input.
  private var base = 0
  private var read = 0
  private var rejected = 0
  private var saidLacksZone = false

  package init(sink: any HARSink) {
    self.sink = sink
    assembler = HARAssembler(sink: sink)
  }

  /// Takes the next bytes of the input.
  package mutating func feed(_ chunk: Span<UInt8>) {
    var at = 0
    while at < chunk.count {
      let end = min(chunk.count, at + HARReader.pieceSize)
      let piece = chunk.extracting(at..<end)
      if let text = transcoder.transcode(piece) {
        take(text.span)
      } else {
        take(piece)
      }
      at = end
    }
  }

  /// Ends the input.
  package mutating func finish() -> HARSummary {
    if let rest = transcoder.finish() { take(rest.span) }
    let isTruncated = cutting != nil || isSkipping || scanner.isInside
    if isTruncated {
      let isInEntry = cutting == .entry
      if isInEntry {
        read += 1
        rejected += 1
      }
      let place = isInEntry ? "inside entry \(read)" : "before the end of the HAR"
      report(
        .truncated, offset: isInEntry ? cutStart : base, entry: isInEntry ? read : read + 1,
        why: "The input ends \(place); every whole entry before it is used.", lost: isInEntry)
    }
    assembler.endDocument()
    if read == 0, !isTruncated { reportEmptiness() }
    let profile = assembler.finalProfile()
    sink.profile(profile)
    return HARSummary(
      read: read, kept: assembler.kept, rejected: rejected, profile: profile,
      latePageOrigins: assembler.latePageOrigins, isTruncated: isTruncated,
      isLog: scanner.sawLog && scanner.sawEntries)
  }

  private mutating func take(_ piece: Span<UInt8>) {
    if carry.isEmpty {
      process(piece)
    } else {
      piece.withUnsafeBufferPointer { carry.append(contentsOf: $0) }
      let whole = carry
      carry = []
      process(whole.span)
    }
  }

  private mutating func process(_ bytes: Span<UInt8>) {
    var at = 0
    while true {
      if cutting != nil || isSkipping {
        guard cut(bytes, &at) else { break }
        continue
      }
      let event = scanner.next(bytes, &at)
      switch event {
      case .needsMore:
        if at < bytes.count {
          bytes.extracting(at..<bytes.count).withUnsafeBufferPointer { carry = Array($0) }
        }
        base += at
        return
      case .unit(.wreck):
        report(.badJSON, offset: base + at, why: "Something is missing or broken before this place.", lost: false)
        startCutting(.wreck, at)
      case .unit(let unit):
        if !readInPlace(unit, bytes, &at) { startCutting(unit, at) }
      case .creatorName(let name): assembler.setCreator(name, "")
      case .skip:
        isSkipping = true
        cutter.begin(depth: 0, copying: false, landmarksSeen: Int.min)
      case .notAnEntry:
        read += 1
        reject(.badEntry, offset: base + at, why: "Entry \(read) is no object.")
        if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "[") {
          isSkipping = true
          cutter.begin(depth: 0, copying: false, landmarksSeen: Int.min)
        }
      case .damage:
        report(.badJSON, offset: base + at, why: "This is no JSON that a HAR could hold here.", lost: false)
      case .documentEnded: assembler.endDocument()
      }
    }
    base += bytes.count
  }

  private mutating func startCutting(_ unit: HARScanner.Unit, _ at: Int) {
    cutting = unit
    cutStart = base + at
    cutter.begin(depth: 1, copying: unit != .wreck, landmarksSeen: unit == .wreck ? 1 : 0)
  }

  /// Goes on cutting; `false` where more bytes are needed.
  private mutating func cut(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
    switch cutter.run(bytes, &at) {
    case .needsMore: return false
    case .finished:
      if let unit = cutting { finishCut(unit) }
      cutting = nil
      isSkipping = false
    case .lostTrack:
      if let unit = cutting, unit != .wreck {
        reject(unit, .badJSON, "is broken: another item begins before its end")
      }
      cutting = .entry
      cutStart = base + at
    }
    return true
  }

  private mutating func finishCut(_ unit: HARScanner.Unit) {
    guard unit != .wreck else { return }
    if cutter.isTooDeep || cutter.isTooLong || cutter.isBroken {
      if cutter.isTooDeep {
        reject(unit, .tooDeep, "is nested more than \(JSONCursor.depthLimit) deep")
      } else if cutter.isBroken {
        reject(unit, .badJSON, "is no valid JSON: a comma or a bracket is missing")
      } else {
        reject(unit, .tooLong, "comes to more than \(EntryCutter.bufferLimit >> 20) MB without its bodies")
      }
      return
    }
    var cursor = JSONCursor()
    let buffer = cutter.lendBuffer()
    do throws(JSONError) {
      try consume(unit, buffer.span, &cursor, offset: cutStart)
    } catch {
      reject(unit, .badJSON, "is no valid JSON: \(error.sentence)")
    }
    cutter.takeBack(buffer)
  }

  /// Reads a unit where it lies, which is fast; `false` where it does not lie here whole, or is broken.
  private mutating func readInPlace(_ unit: HARScanner.Unit, _ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
    var cursor = JSONCursor(at: at)
    do throws(JSONError) {
      try consume(unit, bytes, &cursor, offset: base + at)
    } catch {
      return false
    }
    at = cursor.at
    return true
  }

  private mutating func consume(
    _ unit: HARScanner.Unit, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, offset: Int
  ) throws(JSONError) {
    let start = cursor.at
    cursor.longestSkipped = start..<start
    switch unit {
    case .entry:
      let entry = try entries.read(bytes, &cursor, locator: Locator(entry: read + 1, offset: offset))
      try checkTrack(bytes, from: start, cursor)
      accept(entry)
    case .creator:
      let identity = try HARFacts.identity(bytes, &cursor)
      try checkTrack(bytes, from: start, cursor)
      assembler.setCreator(identity.name, identity.version)
    case .browser:
      let identity = try HARFacts.identity(bytes, &cursor)
      try checkTrack(bytes, from: start, cursor)
      assembler.setBrowser(identity.name, identity.version)
    case .page:
      let page = try HARFacts.page(bytes, &cursor)
      try checkTrack(bytes, from: start, cursor)
      if page.isEntry {
        cursor.at = start
        return try consume(.entry, bytes, &cursor, offset: offset)
      }
      if let id = page.id, let title = page.title { assembler.addPage(entries.pageNumber(id), title: title) }
    case .wreck: break
    }
  }

  /// Damage can leave valid JSON, in which one entry swallowed others: the cutter, which sees bytes as they come, would tell.
  ///
  /// The longest string, an answer's body, is left out: no name is within a string.
  private func checkTrack(_ bytes: Span<UInt8>, from start: Int, _ cursor: JSONCursor) throws(JSONError) {
    let body = cursor.longestSkipped
    let count =
      EntryLandmark.count(in: bytes, start..<body.lowerBound)
      + EntryLandmark.count(in: bytes, body.upperBound..<cursor.at)
    if count > 1 { throw JSONError(.unexpectedByte, at: start) }
  }

  private mutating func accept(_ entry: HAREntry) {
    read += 1
    let offset = entry.exchange.locator.offset
    guard entry.hasURL, entry.hasMethod else {
      let missing = !entry.hasRequest ? "a request" : entry.hasURL ? "a method" : "a URL"
      reject(.badEntry, offset: offset, why: "Entry \(read) has no use without \(missing).")
      return
    }
    if entry.exchange.target == nil {
      report(
        .badURL, offset: offset, why: "The URL of entry \(read) cannot be parsed.",
        sample: String(entry.exchange.url.prefix { $0 != "?" }.prefix(100)), lost: false)
    }
    if entry.isTimestampBad {
      report(
        .badTimestamp, offset: offset, why: "The start of entry \(read) is no date.",
        sample: String((entry.startText ?? "").prefix(40)), lost: false)
    }
    if entry.lacksZone, !saidLacksZone {
      saidLacksZone = true
      report(
        .badTimestamp, offset: offset, why: "Times from entry \(read) on name no zone; they are read as UTC.",
        lost: false)
    }
    if entry.hasBadUTF8 {
      report(
        .badUTF8, offset: offset, why: "Text in entry \(read) is no valid UTF-8; what was not is shown as U+FFFD.",
        lost: false)
    }
    assembler.add(entry)
  }

  private mutating func reportEmptiness() {
    guard !scanner.sawEntries else { return }
    let why =
      scanner.sawLog
      ? "The HAR has no list of entries." : "No HAR was found: neither a log, nor a list of entries, nor an entry."
    report(.unknownFormat, offset: 0, why: why, lost: false)
  }

  private mutating func reject(_ unit: HARScanner.Unit, _ code: IngestProblem.Code, _ predicate: String) {
    if unit == .entry {
      read += 1
      reject(code, offset: cutStart, why: "Entry \(read) \(predicate).")
    } else {
      let name = unit == .page ? "A page" : unit == .creator ? "The exporter's name" : "The browser's name"
      report(code, offset: cutStart, why: "\(name) \(predicate).", lost: false)
    }
  }

  private mutating func reject(_ code: IngestProblem.Code, offset: Int, why: String) {
    rejected += 1
    report(code, offset: offset, entry: read, why: why, lost: true)
  }

  private func report(
    _ code: IngestProblem.Code, offset: Int, entry: Int? = nil, why: String, sample: String = "", lost: Bool
  ) {
    sink.problem(
      IngestProblem(
        code, at: Locator(entry: entry ?? max(read, 1), offset: offset), why: why, sample: sample, lostItem: lost))
  }
}
