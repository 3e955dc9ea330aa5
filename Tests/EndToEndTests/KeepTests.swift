import Testing

/// What is kept of a log decides nothing.
@Suite struct `Keeping all of a log` {
  @Test(arguments: ["access.log", "access-cors.json.log"])
  func `adds its other lines, and gives the same verdicts`(_ log: String) throws {
    let shell = try Shell()
    let (some, all) = ("some.db", "all.db")
    #expect(try shell.run("corsleuth import --quiet --store \(some) \(log)").status == 0)
    #expect(try shell.run("corsleuth import --quiet --keep all --store \(all) \(log)").status == 0)
    func rows(_ store: String, _ sql: String) throws -> [String] {
      let step = try shell.run("corsleuth query --store \(store) --format ndjson --sql '\(sql)'")
      #expect(step.status == 0)
      return step.output
    }
    for view in ["verdicts", "preflights"] {
      let found = try rows(some, "SELECT * FROM \(view)")
      #expect(!found.isEmpty)
      #expect(try rows(all, "SELECT * FROM \(view)") == found)
    }
    let kept = "SELECT entry, method, url, status FROM exchanges"
    #expect(try rows(all, kept).filter(Set(try rows(some, kept)).contains) == rows(some, kept))
    #expect(try rows(all, "SELECT read - rejected = kept AS whole FROM sources") == [#"{"whole": 1}"#])
  }
}
