import Testing

/// What a killed program leaves behind.
@Suite struct InterruptedTests {
  @Test(arguments: ["INT", "TERM", "KILL"]) func `no half-written result, and the old one as it was`(signal: String)
    throws
  {
    let shell = try Shell()
    _ = try shell.run("corsleuth import --store s.db fixed.har; mkdir out; echo old > out/rows.csv")
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    let step = try shell.run(
      "timeout -s \(signal) 1 corsleuth query --store s.db --format csv --output out/rows.csv --sql '\(endless)'; ls out; "
        + "cat out/rows.csv")
    #expect(step.output == ["rows.csv", "old"])
  }

  @Test func `a whole result has the old one's rights, or the usual ones`() throws {
    let step = try Shell().run(
      "umask 027; echo old > old.txt; chmod 604 old.txt; for f in old new; do corsleuth analyze -q -o $f.txt fixed.har; done; "
        + "stat -c '%a %n' old.txt new.txt; ls | grep -c 'txt.'; head -c 19 old.txt new.txt")
    #expect(step.output.prefix(3) == ["604 old.txt", "640 new.txt", "0"])
    #expect(step.output.count { $0.hasPrefix("Nothing was blocked") } == 2)
  }
}
