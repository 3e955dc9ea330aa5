import Testing

struct HARDialectTests {
  @Test(arguments: harFixtureNames) func dump(name: String) throws {
    let r = readHAR(try harFixture(name))
    print(
      "#### \(name) \(r.profile) | \(r.counts)\n" + r.lines.joined(separator: "\n") + "\n"
        + r.problems.joined(separator: "\n"))
  }
}
