import Evidence
import Files
import Ingestion
import Store

/// Brings inputs into a store, each whole or not at all; one that is bad does not keep the others out.
final class ImportRun {
  let writer: StoreWriter
  let formats: GivenFormats
  var logOptions: LogOptions
  /// What of the options bears on a log's rows, as text.
  let settings: String
  let diagnostics: Diagnostics
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// The worst that happened to an input, as an exit status.
  private(set) var status = ExitStatus.done
  var imported = 0
  private(set) var alreadyThere = 0
  /// Streams that were looked through before their turn.
  private var streams: [String: Result<SpooledInput, FileError>] = [:]

  init(_ writer: StoreWriter, options: ReadingOptions, diagnostics: Diagnostics) {
    self.writer = writer
    // What cannot be used was refused with the command line.
    formats = (try? options.format.formats()) ?? GivenFormats()
    settings =
      ([options.keep.rawValue, "\(options.keepSecrets)", options.format.logFormat ?? ""] + options.format.jsonField
      + options.host + options.endpointPattern).joined(separator: "\n")
    logOptions = (try? options.logOptions()) ?? LogOptions()
    self.diagnostics = diagnostics
  }

  deinit { buffer.deallocate() }

  /// - Throws: `StoreError` where the store cannot take more; everything else is said and counted.
  func run(_ paths: [String]) throws(StoreError) {
    let walker = InputWalker(paths)
    for failure in walker.failures { report(failure) }
    let inputs = RotatedSet.oldestFirst(walker.inputs)
    scout(inputs)
    try read(inputs, named: Set(paths))
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

  /// Reads these files, one after the other.
  func read(_ paths: [String], named: Set<String>) throws(StoreError) {
    for path in paths {
      do throws(FileError) {
        try read(path, isNamed: named.contains(path))
      } catch {
        report(error)
      }
      if let failure { throw failure }
    }
  }

  var failure: StoreError?

  func report(_ error: FileError) {
    diagnostics.problem(error.description)
    status = max(status, ExitStatus.of(error))
  }

  private func read(_ path: String, isNamed: Bool) throws(FileError) {
    // A stream is read twice here: once for its digest, once for what it holds.
    let spooled = try FileKind(path) == .stream ? spool(path) : nil
    streams[path] = nil
    defer { withExtendedLifetime(spooled) {} }
    let file = spooled?.path ?? path
    let source = try ByteSource(path: file, digesting: false)
    if source.container == .zip {
      try readArchive(file, shownAs: path, digest: try Digest.ofFile(file), isNamed: isNamed)
    } else {
      try read(source, InputContent(path: path, file: file, isNamed: isNamed))
    }
  }

  /// What a stream holds, or why it could not be kept: it is read but once, and waits here until its turn comes.
  func spool(_ path: String) throws(FileError) -> SpooledInput {
    let kept: Result<SpooledInput, FileError>
    if let known = streams[path] {
      kept = known
    } else {
      do { kept = .success(try SpooledInput(path)) } catch { kept = .failure(error) }
      streams[path] = kept
    }
    return try kept.get()
  }

  private func readArchive(_ file: String, shownAs path: String, digest: Digest, isNamed: Bool) throws(FileError) {
    let archive = try ZipArchive(path: file)
    let taken = imported + alreadyThere
    for member in archive.inputs {
      var source = try archive.open(member)
      let name = "\(path)!\(member.name)"
      if member.isRecording {
        let key =
          archive.members.count { $0.isRecording } == 1 ? digest : Digest.of(digest.bytes + Array(member.name.utf8))
        try read(source, InputContent(path: name, file: file, key: key, isNamed: isNamed))
      } else {
        try readUnpacked(&source, shownAs: name)
      }
    }
    if imported + alreadyThere == taken, failure == nil {
      refuse(path, isNamed: isNamed, why: "a zip archive with neither a HAR nor a log in it")
    }
  }

  /// A log is read more than once, and may be packed itself: it needs a file of its own.
  private func readUnpacked(_ member: inout ByteSource, shownAs path: String) throws(FileError) {
    let copy = try SpooledInput(&member)
    defer { withExtendedLifetime(copy) {} }
    let content = InputContent(path: path, file: copy.path, isNamed: false)
    report(member.damage, of: member.container, at: member.decompressedCount, in: content) { _ in }
    let source = try ByteSource(path: copy.path, digesting: false)
    if source.container == .zip {
      return refuse(path, isNamed: false, why: "a zip archive in another (unpack it first)")
    }
    try read(source, content)
  }

  private func read(_ source: consuming ByteSource, _ content: InputContent) throws(FileError) {
    let first = UnsafeRawBufferPointer(rebasing: buffer[..<(try fill(&source))])
    switch InputKind(first, formats: formats) {
    case .har: try importHAR(source, after: first, content)
    case .log(let format) where content.key == nil: try importLog(source, after: first, format, content)
    case .log:
      refuse(content.path, isNamed: content.isNamed, why: "a log that is named like a recording (unpack it first)")
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

  func begin(_ content: InputContent, _ open: () throws(StoreError) -> Import?) -> Import? {
    do throws(StoreError) {
      let target = try open()
      if target == nil { alreadyIn(content) }
      return target
    } catch {
      failure = error
      return nil
    }
  }

  func alreadyIn(_ content: InputContent) {
    alreadyThere += 1
    // Whoever named no store knows of none.
    diagnostics.note(
      "'\(content.path)' \(writer.isTemporary ? "holds what another input holds, and counts once" : "is in the store already")"
    )
  }

  private func importHAR(
    _ source: consuming ByteSource, after first: UnsafeRawBufferPointer, _ content: InputContent
  ) throws(FileError) {
    let digest = content.key == nil ? BackgroundDigest(content.file) : nil
    var unreadable: FileError?
    let sink = HARImport(endpoints: logOptions.endpoints, isReady: { digest?.isReady ?? true }) { [self] in
      do throws(FileError) {
        let worked: Digest? = if let digest { try digest.wait() } else { content.key }
        guard let sha256 = worked else { return nil }
        return begin(content) { () throws(StoreError) in
          try writer.begin(source: content.path, sha256: sha256.hex)
        }
      } catch {
        unreadable = error
        return nil
      }
    }
    var reader = HARReader(sink: sink)
    let input = ReadAhead(source, after: first, digesting: false)
    var chunk = first
    while !chunk.isEmpty, sink.isWanted {
      reader.feed(Span(_unsafeBytes: chunk))
      diagnostics.progress("\(content.path): \(input.count >> 20) MB")
      chunk = try input.next()
    }
    let summary = reader.finish()
    report(damageOf: input, in: content, sink.problem)
    let isWanted = sink.begin()
    if let unreadable { throw unreadable }
    guard isWanted else { return }
    // What might have been entries of a HAR were none: a log, say, whose objects take several lines each.
    if !RecordingLook.isRecording(summary), sink.failure == nil {
      sink.abandon()
      refuse(content.path, isNamed: content.isNamed, why: RecordingLook.why)
      return
    }
    if summary.isTruncated {
      diagnostics.problem("'\(content.path)' ends in the middle: every whole entry before that was used")
    }
    do throws(StoreError) {
      try sink.finish(summary, bytes: input.count)
      imported += 1
    } catch {
      failure = error
    }
  }

  func report(damageOf input: ReadAhead, in content: InputContent, _ take: (IngestProblem) -> Void) {
    report(input.damage, of: input.container, at: input.count, in: content, take)
  }

  private func report(
    _ damage: ByteSource.Damage?, of container: Container, at offset: Int, in content: InputContent,
    _ take: (IngestProblem) -> Void
  ) {
    guard let damage else { return }
    let sentence = damage.sentence(container)
    diagnostics.problem("'\(content.path)': \(sentence)")
    take(IngestProblem(.badContainer, at: Locator(entry: 0, offset: offset), why: sentence, lostItem: false))
  }
}

/// One input to be read, by the name that the user knows it by.
struct InputContent {
  let path: String
  /// Where it can be read: the same, or a stream's copy.
  let file: String
  /// What it is known by where that is not the file's digest: a member of an archive.
  var key: Digest?
  /// Whether the user named it, and not a folder that holds it.
  let isNamed: Bool
}
