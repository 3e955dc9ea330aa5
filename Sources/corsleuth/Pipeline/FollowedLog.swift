import Evidence
import Files
import Ingestion
import Store

/// One log that is read as it grows, through its rotations.
final class FollowedLog {
  let path: String
  private let run: ImportRun
  private var file: FollowedFile?
  private var feed: LogFeed?
  /// Bytes read and not yet told to be of a log: too few to tell its format by.
  private var head: [UInt8] = []
  /// How often in a row the file was found renamed, and at its end.
  private var farewells = 0
  private var isForeign = false
  /// What could not be done in the last round, and was said then.
  var failure: FileError?

  /// A file that was renamed is read for so many rounds more: its writer opens the new one when it is told to.
  private static let farewellRounds = 4
  /// How much is read in one round: the other logs wait.
  private static let roundSize = 64 << 20

  init(_ path: String, run: ImportRun) {
    self.path = path
    self.run = run
  }

  /// Reads what has come since the last round into the store, in one transaction.
  ///
  /// - Returns: Whether anything was stored.
  /// - Throws: `FileError` where the file cannot be read; a failure of the store is the run's.
  func round() throws(FileError) -> Bool {
    guard !isForeign else { return false }
    if file == nil {
      guard FileKind(path) == .file else { return false }
      file = try FollowedFile(path: path)
    }
    guard let file else { return false }
    var stored = try readOn(file, isLast: false)
    guard run.failure == nil else { return stored }
    switch try file.state() {
    case .waiting: farewells = 0
    case .renamed:
      farewells = stored ? 0 : farewells + 1
      if farewells >= FollowedLog.farewellRounds { stored = try end(file) || stored }
    case .truncated: stored = try end(file) || stored
    }
    return stored
  }

  /// The file is at its end for good: its last line is read even without a line end.
  private func end(_ old: FollowedFile) throws(FileError) -> Bool {
    let stored = try readOn(old, isLast: true)
    guard run.failure == nil else { return stored }
    (file, feed, head, farewells) = (nil, nil, [], 0)
    return stored
  }

  private func readOn(_ file: FollowedFile, isLast: Bool) throws(FileError) -> Bool {
    // So few bytes give the log another identity when more come: it is read afresh.
    if let stored = feed?.stored, stored.progress.bytes < StoredLog.headLength, try file.hasMore() { startOver() }
    if let feed {
      guard try file.hasMore() || isLast && feed.hasPendingLine, resume(feed) else { return false }
      try read(file, into: feed, atLeast: 0)
      return commit(feed, isLast: isLast)
    }
    guard try file.hasMore() || !head.isEmpty else { return false }
    return try recognise(file, isLast: isLast)
  }

  private func read(_ file: FollowedFile, into feed: LogFeed, atLeast: Int) throws(FileError) {
    let limit = max(FollowedLog.roundSize, atLeast)
    var total = 0
    while feed.failure == nil, total < limit {
      let count = try file.read(into: run.buffer)
      if count == 0 { break }
      feed.read(UnsafeRawBufferPointer(rebasing: run.buffer[..<count]))
      total += count
    }
  }

  /// Tells the format by the first bytes, and what of the log is in the store already.
  private func recognise(_ file: FollowedFile, isLast: Bool) throws(FileError) -> Bool {
    while head.count < run.buffer.count {
      let count = try file.read(into: run.buffer)
      if count == 0 { break }
      head += UnsafeRawBufferPointer(rebasing: run.buffer[..<count])
    }
    // A log that has just begun says nothing before its first whole line.
    guard isLast || head.contains(0x0A) else { return false }
    guard case .log(let format) = head.withUnsafeBytes({ InputKind($0, formats: run.formats) }) else {
      isForeign = true
      run.diagnostics.problem("'\(path)' is no log of a known format, and is not followed")
      return false
    }
    let opening = head.withUnsafeBytes { LogOpening($0) }
    let settings = run.settings(format)
    let grown = try self.grown(file, opening, settings)
    guard run.failure == nil else { return false }
    let sha256 = grown?.progress.content ?? Digest.of(head).hex
    let identity = LogIdentity(sha256: sha256, head: opening.head, grownFrom: grown)
    let content = InputContent(path: path, file: path, isNamed: true)
    guard let remembering = run.remembering(path, grownFrom: grown),
      let target = run.begin(content, { () throws(StoreError) in try run.writer.begin(log: path, identity) })
    else { return false }
    let feed = LogFeed(
      format, opening: opening, settings: settings, options: run.logOptions, target: target, grownFrom: grown,
      remembering: remembering, digests: true)
    self.feed = feed
    head.withUnsafeBytes { feed.read($0) }
    head = []
    try read(file, into: feed, atLeast: grown?.progress.bytes ?? 0)
    return commit(feed, isLast: isLast)
  }

  /// The log in the store that this one has grown from.
  private func grown(
    _ file: FollowedFile, _ opening: LogOpening, _ settings: String
  ) throws(FileError) -> StoredLog? {
    var candidates: [StoredLog] = []
    do throws(StoreError) { candidates = try run.writer.logs(opening: opening.firstLine) } catch { run.failure = error }
    let digest = try file.digest(ofBeginnings: candidates.map(\.progress.bytes))
    return ResumePoint.grown(candidates, digest, settings)
  }

  /// Begins the next transaction.
  private func resume(_ feed: LogFeed) -> Bool {
    guard var log = feed.stored else { return false }
    // Nothing is taken back: what may change is remembered by the feed.
    log.progress.line = .max
    let identity = LogIdentity(sha256: log.progress.content, head: feed.opening.head, grownFrom: log)
    do throws(StoreError) {
      guard let target = try run.writer.begin(log: path, identity) else { return false }
      try feed.next(target)
      return true
    } catch {
      run.failure = error
      return false
    }
  }

  private func commit(_ feed: LogFeed, isLast: Bool) -> Bool {
    do throws(StoreError) {
      try feed.commit(isWhole: isLast, bytes: feed.bytes, content: feed.content, sha256: feed.content)
      return true
    } catch {
      run.failure = error
      return false
    }
  }

  /// Forgets what was read: the next round begins at the file's beginning, with what the store has of it.
  func startOver() {
    file?.rewind()
    (feed, head) = (nil, [])
  }
}
