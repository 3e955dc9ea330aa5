import Testing

/// Terminals as nobody has them, and that `COLUMNS` claims all the same.
@Suite struct NarrowTests {
  @Test(arguments: ["-5", "0", "1", "20", "29", "40", "999999999999", "99999999999999999999", "wide", ""])
  func `every command is laid out for some width`(columns: String) throws {
    let shell = try Shell()
    _ = try shell.run("corsleuth import --store s.db bad-gateway.har")
    for command in [
      "--help", "analyze --help", "help query", "help certainty", "explain", "explain CORSDisabled",
      "analyze -q bad-gateway.har", "report --store s.db --by endpoint", "query --store s.db sources",
      "compare -q bad-gateway.har fixed.har", "whatif -q --fix CORSMissingAllowOrigin bad-gateway.har",
    ] {
      let step = try shell.run("COLUMNS=\(columns) corsleuth \(command)")
      #expect(step.status == 0 && step.output.count > 3 && step.diagnostics == [], "\(command)")
    }
    let wrong = try shell.run("COLUMNS=\(columns) corsleuth analyze")
    #expect(wrong.status == 64 && wrong.diagnostics.first == "Error: Missing expected argument '<input> ...'")
  }

  @Test(
    arguments: [("1", 0), ("10000", 0), ("0", 64), ("10001", 64), ("999999999999", 64), ("x", 64)] as [(String, Int32)])
  func `a width is one that can be laid out for`(width: String, status: Int32) throws {
    let shell = try Shell()
    for command in [
      "analyze bad-gateway.har", "compare bad-gateway.har fixed.har",
      "whatif --fix CORSMissingAllowOrigin bad-gateway.har",
    ] {
      #expect(try shell.run("corsleuth \(command) -q --width \(width)").status == status, "\(command)")
    }
  }
}
