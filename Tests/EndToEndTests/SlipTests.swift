import Foundation
import Testing

/// Slips of the hand, and variables that were forgotten.
@Suite struct SlipTests {
  @Test(
    arguments: [
      ("compare - -", "Error: standard input is read but once: name a file beside '-'"),
      ("whatif --status 204 --only '' fixed.har", "Error: --only names nothing"),
      ("whatif --status 204 --only , fixed.har", "Error: --only names nothing"),
      ("analyze --fail-on , fixed.har", "Error: --fail-on names nothing"),
    ])
  func `are wrong usages`(command: String, words: String) throws {
    let step = try Shell().run("corsleuth \(command) < bad-gateway.har")
    #expect(step.status == 64 && step.output == [] && step.diagnostics.first == words)
  }

  @Test func `an input that comes twice counts once`() throws {
    let shell = try Shell()
    let words = "'copy.har' holds what another input holds, and counts once"
    let twice = try shell.run("cp bad-gateway.har copy.har; corsleuth analyze --format csv bad-gateway.har copy.har")
    #expect(twice.output.count == 3 && twice.diagnostics == ["corsleuth: \(words)"])
    let stored = try shell.run("corsleuth import --store s.db bad-gateway.har copy.har")
    #expect(stored.status == 0 && stored.diagnostics == ["corsleuth: 'copy.har' is in the store already"])
  }

  /// `script` gives a program a terminal, whose width `stty` sets.
  @Test(arguments: [20, 40, 80]) func `progress keeps to its line`(columns: Int) throws {
    let shell = try Shell()
    let name = "a-log-with-a-name-that-is-longer-than-the-terminal-is-wide"
    let step = try shell.run(
      "cp access.log \(name); for i in 1 2 3 4 5 6 7 8 9; do cat \(name) \(name) > b; mv b \(name); done; "
        + "script -qec 'stty cols \(columns); corsleuth import --store s.db \(name)' /dev/null")
    let lines = step.output.flatMap { $0.components(separatedBy: #"\r\e[K"#) }
    #expect(lines.contains { $0.hasPrefix("a-log") } && lines.allSatisfy { $0.count < columns }, "\(lines)")
  }
}
