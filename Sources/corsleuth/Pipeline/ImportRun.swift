import Evidence
import Files
import Ingestion
import Store

/// Brings inputs into a store, each whole or not at all; one that is bad does not keep the others out.
final class ImportRun {
  private let writer: StoreWriter
  let formats: GivenFormats
  let logOptions: LogOptions
  let diagnostics: Diagnostics
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// The worst that happened to an input, as an exit status.
  private(set) var status = ExitStatus.done
  var imported = 0
  private(set) var alreadyThere = 0

  init(_ writer: StoreWriter, options: ReadingOptions, diagnostics: Diagnostics) {
    self.writer = writer
    // What cannot be used was refused with the command line.
    formats = (try? options.format.formats()) ?? GivenFormats()
    logOptions = (try? options.logOptions()) ?? LogOptions()
    self.diagnostics = diagnostics
  }

  deinit { buffer.deallocate() }

  /// - Throws: `StoreError` where the store cannot take more; everything else is said and counted.
  func run(_ paths: [String]) throws(StoreError) {
    let walker = InputWalker(paths)
    for failure in walker.failures { report(failure) }
    let named = Set(paths)
    for path in walker.inputs {
      do throws(FileError) {
        try read(path, isNamed: named.contains(path))
      } catch {
        report(error)
      }
      if let failure { throw failure }
    }
    if walker.inputs.isEmpty, walker.failures.isEmpty {
      diagnostics.problem("nothing to read: the folder is empty (name a HAR file, a log, or a folder that holds some)")
      status = ExitStatus.unreadable
    } else if imported + alreadyThere == 0, status == ExitStatus.done {
      status = ExitStatus.unreadable
    }
    diagnostics.progress("pairing")
    try writer.pairLogs()
    diagnostics.endProgress()
  }

  var failure: StoreError?

  private func report(_ error: FileError) {
    diagnostics.problem(error.description)
    status = max(status, ExitStatus.of(error))
  }

  private func read(_ path: String, isNamed: Bool) throws(FileError) {
    // A stream is read twice here: once for its digest, once for what it holds.
    let spooled = try FileKind.isStream(path) ? SpooledInput(path) : nil
    let file = spooled?.path ?? path
    let digest = try Digest.ofFile(file)
    var source = try ByteSource(path: file, digesting: false)
    if source.container == .zip {
      try readArchive(file, shownAs: path, digest: digest, isNamed: isNamed)
    } else {
      let content = InputContent(path: path, sha256: digest.hex, isNamed: isNamed)
      try read(&source, content)
    }
  }

  private func readArchive(_ file: String, shownAs path: String, digest: Digest, isNamed: Bool) throws(FileError) {
    let archive = try ZipArchive(path: file)
    let members = archive.recordings
    if members.isEmpty { refuse(path, isNamed: isNamed, why: "a zip archive without a HAR in it") }
    for member in members {
      var source = try archive.open(member)
      let key = members.count == 1 ? digest : Digest.of(digest.bytes + Array(member.name.utf8))
      try read(&source, InputContent(path: "\(path)!\(member.name)", sha256: key.hex, isNamed: isNamed))
    }
  }

  private func read(_ source: inout ByteSource, _ content: InputContent) throws(FileError) {
    let count = try fill(&source)
    let prefix = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    switch InputKind(prefix, formats: formats) {
    case .har: try importHAR(&source, first: count, content)
    case .log(let format): try importLog(&source, first: count, format, content)
    case .unknown(let why): refuse(content.path, isNamed: content.isNamed, why: why)
    }
  }

  /// Fills the buffer as far as the input goes: enough to tell what it is.
  private func fill(_ source: inout ByteSource) throws(FileError) -> Int {
    var count = 0
    while count < buffer.count {
      let more = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      if more == 0 { break }
      count += more
    }
    return count
  }

  private func refuse(_ path: String, isNamed: Bool, why: String) {
    guard isNamed else {
      diagnostics.note("skipped '\(path)': \(why)")
      return
    }
    diagnostics.problem("cannot tell what '\(path)' is: \(why) (see 'corsleuth formats' for what can be read)")
    status = max(status, ExitStatus.unreadable)
  }

  func begin(_ content: InputContent) -> Import? {
    do {
      let target = try writer.begin(source: content.path, sha256: content.sha256)
      if target == nil {
        alreadyThere += 1
        diagnostics.note("'\(content.path)' is in the store already")
      }
      return target
    } catch {
      failure = error
      return nil
    }
  }

  private func importHAR(_ source: inout ByteSource, first count: Int, _ content: InputContent) throws(FileError) {
    guard let target = begin(content) else { return }
    let sink = HARImport(target, endpoints: logOptions.endpoints)
    var reader = HARReader(sink: sink)
    var count = count
    while count > 0, sink.failure == nil {
      reader.feed(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
      diagnostics.progress("\(content.path): \(source.decompressedCount >> 20) MB")
      count = try source.read(into: buffer)
    }
    let summary = reader.finish()
    report(damageOf: source, in: content, sink.problem)
    if summary.read == 0, summary.rejected == 0, sink.failure == nil {
      try? target.abandon()
      refuse(content.path, isNamed: content.isNamed, why: "JSON without an entry of a HAR")
      return
    }
    if summary.isTruncated {
      diagnostics.problem("'\(content.path)' ends in the middle: every whole entry before that was used")
    }
    do throws(StoreError) {
      try sink.finish(summary, bytes: source.decompressedCount)
      imported += 1
    } catch {
      failure = error
    }
  }

  func report(
    damageOf source: borrowing ByteSource, in content: InputContent, _ take: (IngestProblem) -> Void
  ) {
    guard let damage = source.damage else { return }
    let sentence = damage.sentence(source.container)
    diagnostics.problem("'\(content.path)': \(sentence)")
    take(
      IngestProblem(
        .badContainer, at: Locator(entry: 0, offset: source.decompressedCount), why: sentence, lostItem: false))
  }
}

/// One input to be read, by the name that the user knows it by.
struct InputContent {
  let path: String
  let sha256: String
  /// Whether the user named it, and not a folder that holds it.
  let isNamed: Bool
}
