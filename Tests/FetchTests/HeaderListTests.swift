import Fetch
import Testing

/// Field lines as they came (Fetch, 2.2.2 *Headers*).
struct HeaderListTests {
  @Test(
    arguments: [
      ([], nil), (["*"], "*"), (["\t*"], "*"), ([" a \r\n"], "a"), (["a", "b"], "a, b"), (["", "*"], ", *"),
      (["*", ""], "*, "), ([""], ""), (["a b"], "a b"), (["\u{0B}*"], "\u{0B}*"), (["a", " b", "c "], "a, b, c"),
    ] as [([String], String?)])
  func `get joins every line`(lines: [String], combined: String?) {
    let list = HeaderList(lines.map { HeaderField(name: "access-control-ALLOW-origin", value: $0) })
    #expect(list.get(.accessControlAllowOrigin) == combined)
    #expect(list.contains(.accessControlAllowOrigin) == !lines.isEmpty)
    #expect(list.count(.accessControlAllowOrigin) == lines.count)
    #expect(list.values(.accessControlAllowOrigin).joined(separator: ", ") == combined ?? "")
    #expect(list.get(.accessControlAllowCredentials) == nil)
  }

  @Test func `spelling, order and bad values are kept`() {
    var list: HeaderList = ["X-Odd Name": "\u{0}", "Vary": "Origin"]
    list.append(name: "vary", value: "Accept")
    #expect(list.fields.map(\.name) == ["X-Odd Name", "Vary", "vary"])
    #expect(list.fields[0].value == "\u{0}" && list.fields[0].known == nil)
    #expect(list.get(.vary) == "Origin, Accept")
  }

  @Test func `every known field is found by its name in any case, and by no part of it`() {
    for field in KnownField.allCases {
      #expect(KnownField(name: field.name) == field)
      #expect(KnownField(name: field.name.uppercased()) == field)
      #expect(KnownField(name: field.name.dropLast()) == nil)
      #expect(KnownField(name: field.name + "s") == nil)
    }
    #expect(KnownField.accessControlAllowOrigin.name == "access-control-allow-origin")
    #expect(KnownField.xAmznErrorType.name == "x-amzn-error-type")
  }
}
