import Testing

/// Every command's results, where nobody can take them.
@Suite struct FullOutputTests {
  static let commands = [
    "--help", "--version", "help", "help query", "help certainty", "analyze --help",
    "--generate-completion-script bash",
    "explain", "explain CORSMissingAllowOrigin", "formats", "formats fixed.har", "log-config", "log-config nginx",
    "query --list", "query --store s.db sources", "report --store s.db", "report --store s.db --format csv",
    "analyze -q --format html fixed.har", "analyze -q fixed.har", "compare s.db s.db",
    "whatif --store s.db --fix CORSMissingAllowOrigin",
  ]

  @Test(arguments: commands) func `a full disk is status 73, and said`(command: String) throws {
    let shell = try Shell()
    _ = try shell.run("corsleuth import --store s.db bad-gateway.har")
    let full = try shell.run("corsleuth \(command) >/dev/full")
    #expect(full.status == 73)
    #expect(full.diagnostics == ["corsleuth: cannot write 'standard output': No space left on device"])
    let closed = try shell.run("corsleuth \(command) >&-")
    #expect(closed.status == 73)
    #expect(closed.diagnostics == ["corsleuth: cannot write 'standard output': Bad file descriptor"])
  }

  @Test(arguments: commands) func `a reader that has seen enough is no failure`(command: String) throws {
    let shell = try Shell()
    _ = try shell.run("corsleuth import --store s.db bad-gateway.har")
    // Ignored, as a daemon's children have it, the signal does not end the program.
    for trap in ["", "trap '' PIPE; "] {
      let step = try shell.run("\(trap)corsleuth \(command) | head -0")
      #expect(step.status == 0 && step.output == [] && step.diagnostics == [])
    }
    let status = try shell.run("trap '' PIPE; (sleep 0.3; corsleuth \(command); echo $? >&2) | head -0")
    #expect(status.diagnostics == ["0"])
  }
}
