import Foundation
import Scanning
import Testing

struct JSONCursorTests {
  static func skip(_ text: String) -> JSONError? {
    let bytes = text.utf8.span
    var cursor = JSONCursor()
    do throws(JSONError) {
      try cursor.skipValue(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "{} ", "[] ", "[1,2,[3]] ", #"{"a":{"b":[true,false,null]}} "#, #""text" "#, "-12.5e+3 ", "NaN ", "[1,] ",
    #"{"a":"\"}]{["} "#, "[-Infinity, Infinity] ", #"["\\"] "#,
  ])
  func `values of any kind are passed over`(text: String) { #expect(JSONCursorTests.skip(text) == nil) }

  @Test(arguments: [
    ("[1", JSONError(.endOfInput, at: 2)), ("{", JSONError(.endOfInput, at: 1)),
    (#""abc"#, JSONError(.endOfInput, at: 4)),
    (#""abc\"#, JSONError(.endOfInput, at: 5)), ("[1}", JSONError(.unexpectedByte, at: 2)),
    ("]", JSONError(.unexpectedByte, at: 0)), ("[truth]", JSONError(.badNumber, at: 1)),
    ("[1.]", JSONError(.badNumber, at: 1)), ("[1e]", JSONError(.badNumber, at: 1)),
    ("[@]", JSONError(.unexpectedByte, at: 1)),
    (",", JSONError(.unexpectedByte, at: 0)),
  ])
  func `what is wrong is said, and where`(text: String, error: JSONError) {
    let found = JSONCursorTests.skip(text)
    #expect(found?.kind == error.kind)
    #expect((found?.at ?? -1) >= error.at && (found?.at ?? -1) <= error.at + 1)
  }

  @Test func `ten thousand brackets are too deep, and no recursion is there to overflow`() {
    #expect(JSONCursorTests.skip(String(repeating: "[", count: 10_000))?.kind == .tooDeep)
    #expect(JSONCursorTests.skip(String(repeating: #"{"a":"#, count: 10_000))?.kind == .tooDeep)
    let deep = JSONCursor.depthLimit
    #expect(JSONCursorTests.skip(String(repeating: "[", count: deep) + String(repeating: "]", count: deep)) == nil)
  }

  @Test func `members and elements are met in order`() throws {
    let text = #"{"a": 1, "b" : [10, {"x": 2}, 30], "c": "é\n"}"#
    let bytes = text.utf8.span
    var cursor = JSONCursor()
    var seen: [String] = []
    try cursor.expect(UInt8(ascii: "{"), bytes)
    while let key = try cursor.key(bytes) {
      seen.append(JSONText.decode(bytes, key).text)
      if key.spells("b", bytes) {
        try cursor.expect(UInt8(ascii: "["), bytes)
        while try cursor.element(bytes) {
          try cursor.skipValue(bytes)
          seen.append("·")
        }
      } else if key.spells("c", bytes) {
        let string = try cursor.string(bytes)
        #expect(string.hasEscapes)
        #expect(!string.isASCII)
        seen.append(JSONText.decode(bytes, string).text)
      } else {
        try cursor.skipValue(bytes)
      }
    }
    #expect(seen == ["a", "b", "·", "·", "·", "c", "é\n"])
    #expect(cursor.at == bytes.count)
  }

  /// Every position of the quote within a word, and every kind of byte before it.
  @Test func `the word-wise string scan finds what a byte-wise one finds`() {
    for length in 0...40 {
      for mark in [UInt8(ascii: "\""), UInt8(ascii: "\\")] {
        for filler: UInt8 in [0x21, 0x23, 0x5B, 0x5D, 0xA2, 0xDC, 0x00, 0xFF] {
          let bytes = Array(repeating: filler, count: length) + [mark] + Array(repeating: filler, count: 9)
          let scans = quoteScans(bytes)
          #expect(scans.kept == length)
          #expect(scans.skipped == length)
          #expect(scans.isASCII == (length == 0 || filler < 0x80))
        }
      }
    }
  }

  @Test func `documents that Foundation reads are passed over whole`() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<300 {
      let document = randomValue(&random, depth: 0)
      let data = try JSONSerialization.data(withJSONObject: [document], options: [.prettyPrinted])
      let bytes = Array(data)
      var cursor = JSONCursor()
      try cursor.skipValue(bytes.span)
      #expect(cursor.at == bytes.count)
    }
  }

  private func randomValue(_ random: inout SplitMix64, depth: Int) -> Any {
    switch random.next() % (depth > 4 ? 4 : 6) {
    case 0: return Double(Int64(random.next() % 1_000_000)) / 64
    case 1: return random.next() % 2 == 0
    case 2: return NSNull()
    case 3:
      return String(
        (0..<random.next() % 30).map { _ in Character(["a", "\"", "\\", "é", "\n", "😀"][Int(random.next() % 6)]) })
    case 4: return (0..<random.next() % 5).map { _ in randomValue(&random, depth: depth + 1) }
    default:
      var object: [String: Any] = [:]
      for index in 0..<random.next() % 5 { object["k\(index)"] = randomValue(&random, depth: depth + 1) }
      return object
    }
  }
}
