import Testing
import Words

@Suite struct ShellWordTests {
  @Test(
    arguments: [
      ("cors.db", "cors.db"), ("/var/log/a-b_c.1+2", "/var/log/a-b_c.1+2"), ("기록.har", "기록.har"), ("", "''"),
      ("my store.db", "'my store.db'"), ("$(id).db", "'$(id).db'"), ("a;b", "'a;b'"), ("~", "'~'"), ("*", "'*'"),
      ("it's", #"'it'\''s'"#), ("a\nb", "'a\nb'"), (#"a\b"#, #"'a\b'"#), ("!", "'!'"), ("a\"b", "'a\"b'"),
    ])
  func `is in quotes where a shell would read something else`(text: String, word: String) {
    #expect(ShellWord.quoted(text) == word)
  }
}
