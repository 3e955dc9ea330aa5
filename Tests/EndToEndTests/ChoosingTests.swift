import Testing

/// What chooses a part of what is there: a slip must not look as if nothing had failed.
@Suite struct ChoosingTests {
  @Test(
    arguments: [
      ("https://app.tickets.example", 2), ("https://app.tickets.example/", 2), ("HTTPS://App.Tickets.example:443", 2),
      ("https://app.tickets.example/checkout?step=2", 2), ("https://app.tickets.example:8443", 0), ("null", 0),
      ("chrome-extension://abcdef", 0), ("http://app.tickets.example", 0),
    ])
  func `an origin is chosen however it is written`(origin: String, failures: Int) throws {
    let step = try Shell().run("corsleuth analyze -q --format csv --origin '\(origin)' bad-gateway.har")
    #expect(step.status == 0 && step.output.count - 1 == failures, "\(step)")
  }

  @Test(arguments: ["", "app.tickets.example", "*", "nonsense", "https://", "://x", "/"])
  func `what is no origin is a wrong usage`(origin: String) throws {
    let step = try Shell().run("corsleuth analyze --fail-on any --origin '\(origin)' bad-gateway.har")
    #expect(step.status == 64 && step.diagnostics.first?.hasPrefix("Error: '\(origin)' is no origin; write") == true)
  }

  @Test(arguments: ["any,CORSNope", "CORSNope,any", "any --fail-on CORSNope", "new,nope"])
  func `every name of what is to fail is one`(names: String) throws {
    let step = try Shell().run("corsleuth analyze --fail-on \(names) bad-gateway.har")
    #expect(step.status == 64 && step.diagnostics.first?.contains("is no reason; 'corsleuth explain' lists") == true)
  }
}
