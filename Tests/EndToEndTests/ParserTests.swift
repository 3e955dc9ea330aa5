import Testing

@Suite struct `A session's text` {
  @Test func `reads back as it is written`() {
    let text = """
      What this shows.

      $ corsleuth one
      > a line
      >
      ! a complaint
      = 65
      $ corsleuth two
      More words.
      $ corsleuth three
      > more

      """
    let session = Session(text)
    #expect(session.text == text)
    #expect(session.steps.map(\.command) == ["corsleuth one", "corsleuth two", "corsleuth three"])
    #expect(session.steps.map(\.status) == [65, 0, 0])
    #expect(session.steps.first?.output == ["a line", ""])
    #expect(session.steps.first?.diagnostics == ["a complaint"])
    #expect(session.steps.first?.words == ["What this shows.", ""])
  }

  @Test(
    arguments: [
      ("in /tmp/there/a.har", "in DIR/a.har"), ("a,b\r\nc", "a,b\\r\nc"), ("\u{1B}[1mx", "\\e[1mx"),
      ("[redacted 21 bytes #d9fcbe]", "[redacted 21 bytes #DIGEST]"),
      ("?t=redacted-9-0a1b2c&x", "?t=redacted-9-DIGEST&x"),
      (#"{"imported_at":"2026-11-24T08:00:00Z","x":1}"#, #"{"imported_at":"NOW","x":1}"#),
    ])
  func `does not hold what differs from run to run`(text: String, scrubbed: String) {
    #expect(Scrubber.scrub(text, folder: "/tmp/there") == scrubbed)
  }
}
