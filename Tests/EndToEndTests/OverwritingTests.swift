import Testing

/// Results are not written over what they are made from.
@Suite struct OverwritingTests {
  @Test(
    arguments: [
      ("analyze a.har --output a.har", "a.har"), ("analyze a.har -o ./a.har", "a.har"),
      ("analyze a.har -o link.har", "a.har"), ("analyze link.har -o a.har", "a.har"),
      ("analyze fixed.har a.har --format html -o a.har", "a.har"), ("analyze a.har --write-baseline a.har", "a.har"),
      ("analyze fixed.har --store s.db -o s.db", "s.db"), ("report --store s.db -o s.db", "s.db"),
      ("report --store s.db --write-baseline s.db", "s.db"), ("query --store s.db sources -o s.db", "s.db"),
      ("query --store s.db q.sql -o q.sql", "q.sql"), ("compare a.har fixed.har -o a.har", "a.har"),
      ("whatif --fix CORSMissingAllowOrigin a.har -o a.har", "a.har"),
      ("whatif --fix CORSMissingAllowOrigin --store s.db -o s.db", "s.db"),
      ("analyze rec -o rec/deep/a.har", "rec/deep/a.har"),
    ])
  func `is a wrong usage, and the file stays`(command: String, file: String) throws {
    let shell = try Shell()
    _ = try shell.run(
      "cp bad-gateway.har a.har; ln -s a.har link.har; mkdir -p rec/deep; cp a.har rec/deep; echo 'SELECT 1' > q.sql; corsleuth import --store s.db a.har"
    )
    let before = try shell.run("cksum \(file)").output
    let step = try shell.run("corsleuth \(command)")
    #expect(step.status == 64 && step.output == [])
    #expect(step.diagnostics.first?.contains("would be written over, and is to be read") == true)
    #expect(try shell.run("cksum \(file)").output == before)
  }

  @Test(arguments: ["analyze a.har --store new.db -o ./new.db", "analyze a.har -o bl.x --write-baseline bl.x"])
  func `is a wrong usage for files to be made too`(command: String) throws {
    let shell = try Shell()
    #expect(try shell.run("cp bad-gateway.har a.har; corsleuth \(command)").status == 64)
    #expect(try shell.run("ls new.db bl.x 2>/dev/null").output == [])
  }

  @Test(arguments: ["-o -", "-o new.txt", "-o old.txt", "-o /dev/null", "-o /dev/stdout"])
  func `other places are taken`(option: String) throws {
    #expect(try Shell().run("echo old > old.txt; corsleuth analyze -q bad-gateway.har \(option)").status == 0)
  }
}
