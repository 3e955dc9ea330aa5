import Files
import Glibc
import Store

/// Brings inputs into a store, and goes on with the logs among them as they grow.
///
/// Each round commits what has come: whoever reads the store sees whole lines only, and being killed loses nothing that the next
/// import does not find again.
struct FollowRun {
  private let path: String
  private let options: ReadingOptions
  private let diagnostics: Diagnostics

  /// How long it waits between rounds, in milliseconds.
  private static let interval = 500
  /// Pairing goes over all items: it takes at most a tenth of the time, and comes no sooner than after so many seconds.
  private static let pairingPause = 2.0
  /// Between two looks for new logs in a folder, in seconds.
  private static let lookPause = 1.0

  init(_ path: String, options: ReadingOptions, diagnostics: Diagnostics) {
    self.path = path
    self.options = options
    self.diagnostics = diagnostics
  }

  /// - Returns: The exit status; interruption is the ordinary end.
  /// - Throws: `StoreError` where the store cannot take more.
  func run(_ paths: [String]) throws(StoreError) -> Int32 {
    let signals = StopSignals()
    let writing = Clock.writing(keepSecrets: options.keepSecrets)
    // A new store takes its place before anything is in it: whoever looks finds it from the first round on.
    var writer = try StoreWriter(.file(path), options: writing)
    if writer.isNew {
      try writer.close()
      writer = try StoreWriter(.file(path), options: writing)
    }
    let run = ImportRun(writer, options: options, diagnostics: diagnostics)
    let watch = FolderWatch(paths)
    let walker = InputWalker(paths)
    for failure in walker.failures { run.report(failure) }
    var logs: [FollowedLog] = []
    var others: [String] = []
    let inputs = RotatedSet.oldestFirst(walker.inputs)
    run.scout(inputs)
    for path in inputs {
      if isFollowed(path, run) { logs.append(FollowedLog(path, run: run)) } else { others.append(path) }
    }
    try run.read(others, named: Set(paths))
    if logs.isEmpty, !watch.isWatching {
      diagnostics.problem("no log to follow: name one that is written in plain text, or its folder")
    } else {
      let names = logs.count == 1 ? "'\(logs[0].path)'" : "\(logs.count) logs"
      diagnostics.note("following \(names)\(watch.isWatching ? ", and what logs come" : ""); Ctrl-C ends it")
    }
    try follow(logs, watch, run, until: signals)
    try writer.close()
    return run.status
  }

  private func follow(_ logs: [FollowedLog], _ watch: FolderWatch, _ run: ImportRun, until signals: StopSignals)
    throws(StoreError)
  {
    var logs = logs
    var watch = watch
    var nextLook = seconds + FollowRun.lookPause
    var isPaired = false
    var nextPairing = 0.0
    var isLast = logs.isEmpty && !watch.isWatching
    while true {
      if watch.isWatching, isLast || seconds >= nextLook {
        logs += newLogs(&watch, beside: logs, run)
        nextLook = seconds + FollowRun.lookPause
      }
      for log in logs where try round(log, run) { isPaired = false }
      if !isPaired, isLast || seconds >= nextPairing {
        let start = seconds
        isPaired = try pair(run)
        nextPairing = seconds + max(FollowRun.pairingPause, 10 * (seconds - start))
      }
      if isLast { return }
      // One more round takes in what came until then.
      isLast = signals.wait(milliseconds: FollowRun.interval)
    }
  }

  /// A log's rotated copies come into its folder too, and are the followed log's own matter.
  private func newLogs(_ watch: inout FolderWatch, beside logs: [FollowedLog], _ run: ImportRun) -> [FollowedLog] {
    let known = Set(logs.map(\.path))
    let paths = watch.changes().filter { !known.contains($0) && isFollowed($0, run) }
    for path in paths { diagnostics.note("following '\(path)' too") }
    return paths.map { FollowedLog($0, run: run) }
  }

  /// Another process that is writing is waited for; what was read meanwhile is read again.
  private func round(_ log: FollowedLog, _ run: ImportRun) throws(StoreError) -> Bool {
    var stored = false
    do throws(FileError) {
      stored = try log.round()
      log.failure = nil
    } catch {
      log.startOver()
      // It is tried again in each round, and may be so for hours.
      if error != log.failure { run.report(error) }
      log.failure = error
    }
    guard let failure = run.failure else { return stored }
    run.failure = nil
    log.startOver()
    guard failure.kind == .locked else { throw failure }
    return stored
  }

  private func pair(_ run: ImportRun) throws(StoreError) -> Bool {
    do throws(StoreError) {
      try run.writer.pairLogs()
      return true
    } catch {
      guard error.kind == .locked else { throw error }
      return false
    }
  }

  /// Whether an input is a log that is still written: plain text, under its own name.
  private func isFollowed(_ path: String, _ run: ImportRun) -> Bool {
    guard FileKind(path) == .file, RotatedSet.isCurrent(path), let look = try? FormatsLook.head(path) else {
      return false
    }
    if look.container != .plain { return false }
    let kind = look.bytes.withUnsafeBytes { InputKind($0, formats: run.formats) }
    if case .log = kind { return true }
    return look.bytes.isEmpty
  }

  private var seconds: Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }
}
