import ArgumentParser
import Files
import Glibc
import Report
import Store

/// What goes to standard error: problems, notes, progress. Results go to standard output, and never here.
///
/// Names come from whoever made the files, and may hold what a terminal obeys: each line is made visible.
final class Diagnostics {
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var hasProgress = false
  private var lastProgress = timespec()

  init(isQuiet: Bool = false) {
    self.isQuiet = isQuiet
  }

  /// A trouble that the user has to know of, even under `--quiet`.
  func problem(_ text: String) { line("corsleuth: " + VisibleText.escaped(text)) }

  /// A trouble that takes several lines.
  func problem(lines: String) {
    let lines = lines.split(separator: "\n", omittingEmptySubsequences: false)
    line(lines.map(VisibleText.escaped).joined(separator: "\n"))
  }

  func note(_ text: String) {
    if !isQuiet { line("corsleuth: " + VisibleText.escaped(text)) }
  }

  func problem(_ error: StoreError) { problem(StoreSentence.of(error)) }

  /// A wrong usage, in the argument parser's own form.
  static func usage(_ message: String, of command: any ParsableCommand.Type) {
    let usage = "Usage: " + Corsleuth.usageString(for: command)
    let name = "corsleuth \(command._commandName)"
    Diagnostics().problem(
      lines: "Error: \(message)\n\(usage)\n  See '\(name) --help' for more information.")
  }

  /// One changing line on a terminal, at most five times a second; nothing anywhere else.
  func progress(_ text: @autoclosure () -> String) {
    guard isTerminal, !isQuiet else { return }
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let elapsed = Double(now.tv_sec - lastProgress.tv_sec) + Double(now.tv_nsec - lastProgress.tv_nsec) / 1e9
    guard elapsed > 0.2 else { return }
    lastProgress = now
    // A line that goes on in the next one could not be taken back; the last column would do that on some terminals.
    let room = (Terminal.width(of: STDERR_FILENO) ?? 80) - 1
    write("\r\u{1B}[K" + DisplayWidth.fit(VisibleText.escaped(text()), room))
    hasProgress = true
  }

  func endProgress() {
    if hasProgress { write("\r\u{1B}[K") }
    hasProgress = false
  }

  private func line(_ text: String) {
    endProgress()
    write(text + "\n")
  }

  private func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(STDERR_FILENO, rest.baseAddress, rest.count)
        if count <= 0 { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}

/// A store's error as a sentence: what happened, to which file, and what to do.
enum StoreSentence {
  static func of(_ error: StoreError) -> String {
    let name = error.path.map { "'\($0)'" } ?? "the temporary store"
    let cause = error.cause.isEmpty ? "" : ": \(error.cause)"
    let what =
      switch error.kind {
      case .openFailed: "cannot open \(name)\(cause)"
      case .notAStore(let found): "\(name) is no corsleuth store: it is \(found)"
      case .wrongVersion(let found, let expected):
        "\(name) is a store of schema version \(found); this program writes version \(expected)"
      case .locked: "\(name) is being written by another process"
      case .diskFull: "the disk is full while writing \(name)"
      case .readOnly: "only reading is allowed in \(name)\(cause)"
      case .corrupt: "\(name) is damaged\(cause)"
      case .timeLimit(let seconds): "the query took longer than \(seconds) s"
      case .tooManyEntries: "too many items for \(name)\(cause)"
      case .sql(let message, _): "\(name): \(message)"
      }
    return error.remedy.isEmpty ? what : "\(what) (\(error.remedy))"
  }
}
