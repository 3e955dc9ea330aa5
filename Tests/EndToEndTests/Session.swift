import Foundation

/// A file of `Sessions/`: command lines with what they print, as at a terminal.
///
///     Words for the reader, up to the next command.
///     $ corsleuth analyze --quiet bad-gateway.har | head -1
///     > 2 of 4 cross-origin requests were blocked
///     ! corsleuth: a line of standard error
///     = 1
///
/// `>` begins a line of standard output, `!` one of standard error, `=` the exit status where it is not 0.
struct Session {
  struct Step: Equatable {
    /// Lines before the command that are no output.
    var words: [String] = []
    var command = ""
    var output: [String] = []
    var diagnostics: [String] = []
    var status: Int32 = 0

    var text: String {
      let marked = output.map { "> " + $0 } + diagnostics.map { "! " + $0 } + (status == 0 ? [] : ["= \(status)"])
      let lines = words + ["$ " + command] + marked
      return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
    }
  }

  var steps: [Step] = []

  init(_ text: String) {
    var step = Step()
    func endStep() {
      if !step.command.isEmpty {
        steps.append(step)
        step = Step()
      }
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let content = String(line.dropFirst(2))
      switch line.prefix(2) {
      case "> ", ">": step.output.append(content)
      case "! ", "!": step.diagnostics.append(content)
      case "= ": step.status = Int32(content) ?? -1
      case "$ ":
        endStep()
        step.command = content
      default:
        endStep()
        step.words.append(String(line))
      }
    }
    endStep()
  }

  var text: String { steps.map(\.text).joined() }
}
