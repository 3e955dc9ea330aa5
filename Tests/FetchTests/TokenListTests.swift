import Fetch
import Testing

/// Lists of methods and of header names (Fetch, *extract header list values*).
struct TokenListTests {
  @Test(
    arguments: [
      (nil, []), ("", []), (" ", []), (",", []), ("GET", ["GET"]), ("GET, PUT", ["GET", "PUT"]),
      (",a,,b ,\tc", ["a", "b", "c"]), ("*", ["*"]), (",y-lol,x-PriNT, ,,,Y-PRINT", ["y-lol", "x-PriNT", "Y-PRINT"]),
      ("!#$%&'*+-.^_`|~09azAZ", ["!#$%&'*+-.^_`|~09azAZ"]), ("a,a", ["a", "a"]), ("\r\na\r\n,b", ["a", "b"]),
    ] as [(String?, [String])])
  func `well-formed lists`(value: String?, items: [String]) {
    let list = TokenList(value)
    #expect(list.items == items)
    #expect(list.malformed == nil)
  }

  @Test(
    arguments: [
      ("GET;", "GET;"), ("Bad value", "Bad value"), ("GET, PUT, xyz;", "xyz;"), ("\"X-A\"", "\"X-A\""),
      ("X-A:, Y Z", "X-A:"), ("['GET'", "['GET'"), ("é", "é"), ("a\u{0B}", "a\u{0B}"), ("a/b", "a/b"),
      ("a, {b}", "{b}"), ("x=1", "x=1"), ("\u{301}", "\u{301}"),
    ])
  func `one item that is no token spoils the list`(value: String, malformed: String) {
    #expect(TokenList(value).malformed == malformed)
  }

  @Test func `methods are compared by byte, names without regard to case`() {
    let list = TokenList("PUT, X-Trace")
    #expect(list.contains("PUT") && !list.contains("put"))
    #expect(list.containsIgnoringCase("x-trace") && list.containsIgnoringCase("X-TRACE"))
    #expect(!list.containsIgnoringCase("x-trac") && !list.contains("*"))
  }

  @Test func `a token's bytes are those of RFC 9110`() {
    let tokens = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    for byte in UInt8.min...UInt8.max { #expect(byte.isTokenByte == tokens.contains(byte), "\(byte)") }
  }

  /// Whatever the bytes, an item is whole: joined again, the items are the list.
  @Test func `a list of tokens survives being joined and read`() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      let text = random.text(of: Array("aB1-*, \t;é"), upTo: 12)
      let list = TokenList(text)
      #expect((list.malformed != nil) == (text.contains(";") || text.contains("é") || splits(text)), "\(text)")
      guard list.malformed == nil else { continue }
      #expect(TokenList(list.items.joined(separator: ", ")).items == list.items)
    }
  }

  private func splits(_ text: String) -> Bool {
    text.split(separator: ",").contains { item in
      let words = item.split { $0 == " " || $0 == "\t" }
      return words.count > 1
    }
  }
}
