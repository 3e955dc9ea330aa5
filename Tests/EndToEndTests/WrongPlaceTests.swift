import Testing

/// Things given where others belong: status, and what is said.
@Suite struct WrongPlaceTests {
  @Test(
    arguments: [
      ("report --store folder", 74, "'folder' is no corsleuth store: it is a folder (name a file)"),
      ("query --store folder sources", 74, "'folder' is no corsleuth store: it is a folder (name a file)"),
      ("import --store folder fixed.har", 73, "'folder' is no corsleuth store: it is a folder (name a file)"),
      ("import --store /dev/null fixed.har", 73, "'/dev/null' is no corsleuth store: it is a device or a pipe"),
      ("report --store /dev/zero", 74, "'/dev/zero' is no corsleuth store: it is a device or a pipe (name a file)"),
      ("analyze s.db", 65, "cannot tell what 's.db' is: a SQLite database; if it is a store, name it with --store"),
      ("whatif --fix CORSDisabled s.db", 65, "cannot tell what 's.db' is: a SQLite database; if it is a store"),
      ("compare fixed.har old.db", 74, "'old.db' is a store of schema version 4; this program writes version 5"),
      ("compare old.db fixed.har", 74, "'old.db' is a store of schema version 4; this program writes version 5"),
      ("compare nothing s.db", 66, "cannot open 'nothing': No such file or directory"),
      ("analyze --store old.db fixed.har", 73, "'old.db' is a store of schema version 4"),
    ] as [(String, Int32, String)])
  func `are told for what they are`(command: String, status: Int32, words: String) throws {
    let shell = try Shell()
    // A store's version is at byte 60 of its file.
    _ = try shell.run(
      "mkdir folder; corsleuth import --store s.db fixed.har; cp s.db old.db; "
        + "printf '\\000\\000\\000\\004' | dd of=old.db bs=1 seek=60 conv=notrunc")
    let step = try shell.run("corsleuth \(command)")
    #expect(step.status == status && step.output == [])
    #expect(step.diagnostics.count == 1 && step.diagnostics[0].hasPrefix("corsleuth: \(words)"), "\(step.diagnostics)")
  }

  @Test func `a file without lines came near no format`() throws {
    let step = try Shell().run("head -c 100000 /dev/zero > zeros; corsleuth formats zeros")
    #expect(step.output == ["zeros: unknown: neither a HAR nor a log of a known format"])
  }

  /// It may hold secrets, and would stay where the program is interrupted.
  @Test func `what came on standard input has no name in the folder for temporary files`() throws {
    let step = try Shell().run(
      "mkdir t; (cat access.log; sleep 0.5; ls t | wc -l >&2) | TMPDIR=$PWD/t corsleuth import -q --store s.db -; ls t")
    #expect(step.status == 0 && step.output == [] && step.diagnostics == ["0"])
  }
}
