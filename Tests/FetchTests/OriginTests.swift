import Fetch
import Testing

struct OriginTests {
  @Test(
    arguments: [
      ("null", "null"), ("https://app.example", "https://app.example"),
      ("https://app.example/path?x", "https://app.example"), ("http://localhost:8100/", "http://localhost:8100"),
      ("NULL", nil), ("", nil), ("app.example", nil), ("file:///x", nil), ("data:,x", nil), ("*", nil),
    ] as [(String, String?)])
  func `an origin's text, read`(text: String, serialized: String?) {
    #expect(Origin(parsing: text)?.serialized == serialized)
  }

  @Test(
    arguments: [
      ("https://a.example", "https://a.example:443/", true), ("https://a.example", "http://a.example", false),
      ("https://a.example", "https://a.example:444", false), ("https://a.example", "https://www.a.example", false),
      ("https://A.example", "https://a.example", true), ("http://localhost", "http://127.0.0.1", false),
      ("null", "null", false), ("null", "https://a.example", false),
    ])
  func `same origin, where an opaque one is nobody's equal`(one: String, other: String, same: Bool) throws {
    let (one, other) = (try #require(Origin(parsing: one)), try #require(Origin(parsing: other)))
    #expect(one.isSameOrigin(as: other) == same)
    #expect(other.isSameOrigin(as: one) == same)
  }

  @Test func `scheme and host`() throws {
    let origin = try #require(Origin(parsing: "https://a.example:8443"))
    #expect(origin.scheme == "https" && origin.host == "a.example")
    #expect(Origin.opaque.scheme == nil && Origin.opaque.host == nil)
  }
}
