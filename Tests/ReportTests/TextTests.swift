import Report
import Testing

@Suite("Text on a terminal") struct TextTests {
  @Test(arguments: [
    ("plain ASCII", "plain ASCII"), ("名前 é 👍", "名前 é 👍"), ("a\nb\tc\r", "a\\nb\\tc\\r"),
    ("\u{1B}[31m", "\\u{1B}[31m"), ("\u{7F}", "\\u{7F}"), ("\u{85}", "\\u{85}"), ("\u{202E}x", "\\u{202E}x"),
    ("\u{2066}", "\\u{2066}"), ("a\u{200D}b", "a\\u{200D}b"), ("\u{FEFF}", "\\u{FEFF}"), ("\u{E0041}", "\\u{E0041}"),
    ("\u{2028}", "\\u{2028}"), ("\u{E000}", "\\u{E000}"), ("e\u{301}", "e\u{301}"),
  ]) func `hidden characters are shown`(text: String, expected: String) {
    #expect(Array(VisibleText.escaped(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}\u{302}", 1), ("名前", 4), ("한국어", 6), ("ﾊﾝｶｸ", 4), ("Ａ", 2), ("👍", 2),
    ("👍🏽", 2),
    ("🇰🇷", 2), ("❤️", 2), ("…", 1), ("█▏", 2), ("ß", 1), ("\u{1112}\u{1161}\u{11AB}", 2),
  ]) func `a text is as wide as a terminal shows it`(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test(arguments: [
    ("short", 10, "short"), ("abcdefghij", 10, "abcdefghij"), ("abcdefghijk", 10, "abcd…ghijk"), ("abc", 1, "…"),
    ("abc", 0, ""), ("名前名前名前", 7, "名…名前"), ("名前名前名前", 8, "名…名前"),
  ]) func `a long text is cut in the middle`(text: String, limit: Int, expected: String) {
    #expect(DisplayWidth.fit(text, limit) == expected)
  }

  @Test(arguments: 0...40) func `a cut text never exceeds its limit`(limit: Int) {
    for text in TableWriterTests.hostile.map({ VisibleText.escaped($0 + "名👩‍👩‍👧e\u{301}" + $0) }) {
      #expect(DisplayWidth.of(DisplayWidth.fit(text, limit)) <= limit)
    }
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]), ("", 5, [""]), ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("a abcdefgh b", 4, ["a", "abcd", "efgh", "b"]), ("名前 名前", 4, ["名前", "名前"]),
  ]) func `words are wrapped`(text: String, width: Int, expected: [String]) {
    #expect(DisplayWidth.wrap(text, width) == expected)
  }
}
