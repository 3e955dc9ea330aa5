import Scanning
import Testing

struct TextTests {
  static func decode(_ contents: [UInt8]) throws -> (text: String, isValidUTF8: Bool) {
    let bytes = [UInt8(ascii: "\"")] + contents + [UInt8(ascii: "\"")]
    var cursor = JSONCursor()
    return JSONText.decode(bytes.span, try cursor.string(bytes.span))
  }

  @Test(arguments: [
    (#"plain"#, "plain"), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"), (#"caf\u00e9"#, "café"),
    (#"\ud83d\uDE00"#, "😀"), (#"\ud83d"#, "\u{FFFD}"), (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\ude00x"#, "\u{FFFD}x"),
    (#"\uD83D\uD83D\uDE00"#, "\u{FFFD}😀"), (#"\q"#, "q"), (#"\u12"#, "\u{FFFD}12"), (#"\u0000"#, "\u{0}"),
  ])
  func `escapes are undone, half surrogates become U+FFFD`(contents: String, text: String) throws {
    #expect(try TextTests.decode(Array(contents.utf8)).text == text)
  }

  @Test func `bytes that are no UTF-8 are replaced, and said to be none`() throws {
    let (text, isValid) = try TextTests.decode([0x61, 0xFF, 0x62])
    #expect(text == "a\u{FFFD}b")
    #expect(!isValid)
    #expect(try TextTests.decode(Array("é".utf8)).isValidUTF8)
  }

  @Test(
    arguments: [
      ("0", 0), ("-1", -1), ("12.5", 12.5), ("1e3", 1000), ("0.001", 0.001),
      ("123456789012345678", 123_456_789_012_345_678),
      ("-0.30000000000000004", -0.30000000000000004), ("200", 200), ("1795.1759999999", 1795.1759999999),
    ] as [(String, Double)])
  func `numbers`(text: String, value: Double) {
    #expect(number(text) == value)
  }

  @Test(arguments: ["", "-", "abc", "1e999", "0x10", "1 2", "--1", "NaN", "."])
  func `what is no finite number is none`(text: String) {
    #expect(number(text) == nil)
  }

  @Test func `percent-encoding is undone, and left where it is none`() {
    func decoded(_ text: String) -> String {
      String(decoding: PercentEncoding.decoded(text.utf8.span), as: UTF8.self)
    }
    #expect(decoded("a%20b%2Fc") == "a b/c")
    #expect(decoded("%C3%A9%") == "é%")
    #expect(decoded("%zz%4") == "%zz%4")
  }

  @Test func `a long string is cut where no escape and no character is split`() {
    let limit = ElidedString.limit
    func prefix(_ tail: String, padding: Int) -> Int {
      let bytes = Array(repeating: UInt8(ascii: "a"), count: limit - padding) + Array(tail.utf8) + [0x62, 0x62]
      return ElidedString.prefixLength(bytes.span, from: 0)
    }
    #expect(prefix("bbbb", padding: 2) == limit)
    #expect(prefix("\\nbb", padding: 1) == limit - 1)
    #expect(prefix("\\u00e9", padding: 3) == limit - 3)
    #expect(prefix("😀", padding: 3) == limit - 3)
    #expect(prefix("é", padding: 2) == limit)
  }

  @Test func `equal texts are remembered, and many texts do not mix`() {
    var cache = TextCache(bits: 4)
    for round in 0..<3 {
      for number in 0..<100 {
        let text = "header-\(number)"
        #expect(cache.remember(text).text == text, "round \(round)")
      }
    }
    _ = cache.remember("x-name")
    #expect(!cache.remember("x-name").isNew)
  }
}
