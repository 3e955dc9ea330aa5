import Fetch
import Testing

/// When a request needs a preflight (Fetch, 2.2.1 and 2.2.2).
struct RequestHeadersTests {
  @Test(
    arguments: [
      ("GET", true), ("HEAD", true), ("POST", true), ("get", false), ("Post", false), ("PUT", false), ("PATCH", false),
      ("DELETE", false), ("OPTIONS", false), ("*", false), ("", false), ("GET ", false),
    ])
  func `safelisted methods, byte for byte`(method: String, safelisted: Bool) {
    #expect(Method.isSafelisted(method) == safelisted)
  }

  static let long = String(repeating: "a", count: 128)

  @Test(
    arguments: [
      ("Accept", "*/*"), ("accept", "text/html;q=0.9, */*"), ("ACCEPT", ""), ("accept", long), ("accept", "a\tb"),
      ("accept", "\u{80}é"), ("accept-language", "en-GB,en;q=0.5, *"), ("content-language", "de"),
      ("accept-language", ""), ("content-type", "text/plain"), ("content-type", "text/plain;charset=UTF-8"),
      ("Content-Type", "TEXT/PLAIN"), ("content-type", " text/plain "), ("content-type", "text/plain ;x"),
      ("content-type", "text/plain;garbage"), ("content-type", "text/plain;é"), ("content-type", "text/plain;\u{301}"),
      ("content-type", "multipart/form-data"), ("content-type", "multipart/form-data; boundary=----x"),
      ("content-type", "application/x-www-form-urlencoded"), ("range", "bytes=0-"), ("range", "bytes=0-99"),
      ("range", "bytes=5-5"), ("Range", "bytes=007-8"), ("range", "bytes=0-99999999999999999999999999"),
    ])
  func `a safelisted request-header`(name: String, value: String) {
    #expect(RequestHeaders.isSafelisted(name: name, value: value))
  }

  @Test(
    arguments: [
      ("accept", long + "a"), ("content-type", "text/plain;" + long), ("accept", "a\u{0}"), ("accept", "a\nb"),
      ("accept", "\u{7F}"), ("accept-language", "@"), ("content-language", "@"), ("accept-language", "en_GB"),
      ("accept-language", "en/x"), ("accept-language", "é"), ("content-type", "application/json"),
      ("content-type", "text/plain, text/plain"), ("content-type", "text/plain,"), ("content-type", "text /plain"),
      ("content-type", "text/plain; charset=\"utf-8\""), ("content-type", ""), ("content-type", "text"),
      ("content-type", "/plain"), ("content-type", "text/"), ("content-type", "text/html"),
      ("content-type", "text/plain/x"), ("range", "bytes=-500"), ("range", "bytes 0-"), ("range", "Bytes=0-9"),
      ("range", "bytes=0-1,3-4"), ("range", "bytes= 0-1"), ("range", "bytes=0 -1"), ("range", "bytes=9-8"),
      ("range", "bytes="), ("range", "bytes=-"), ("range", "bytes=a-"), ("range", "bytes=1"), ("range", "bytes=+1-2"),
      ("range", "bytes=99999999999999999999999999-1"), ("range", "bytes=0-1-2"), ("x-any", "1"), ("authorization", "x"),
      ("user-agent", "me"), ("save-data", "on"), ("dpr", "1"), ("if-none-match", "x"), ("", ""),
    ])
  func `a request-header that needs leave`(name: String, value: String) {
    #expect(!RequestHeaders.isSafelisted(name: name, value: value))
  }

  @Test(arguments: Array("\"():<>?@[\\]{}").map(String.init))
  func `unsafe bytes make an Accept unsafe`(byte: String) {
    #expect(!RequestHeaders.isSafelisted(name: "accept", value: "a" + byte))
  }

  @Test func `every byte is judged as the standard lists it`() {
    let unsafe = Set("\"():<>?@[\\]{}\u{7F}".utf8)
    for byte in UInt8.min...UInt8.max {
      #expect(byte.isCORSUnsafe == (byte < 0x20 && byte != 0x09 || unsafe.contains(byte)), "\(byte)")
    }
  }

  @Test(
    arguments: [
      ([], []), ([("Accept", "*/*")], []), ([("X-B", "1"), ("x-a", "2"), ("X-b", "3")], ["x-a", "x-b"]),
      ([("Content-Type", "application/json"), ("Authorization", "Bearer x")], ["authorization", "content-type"]),
      ([("content-type", "text/plain"), ("X_A", "1"), ("X-A", "1")], ["x-a", "x_a"]),
    ] as [([(String, String)], [String])])
  func `unsafe names: lower-cased, sorted by byte, each once`(headers: [(String, String)], names: [String]) {
    #expect(RequestHeaders.unsafeNames(headers.map { (name: $0.0, value: $0.1) }) == names)
  }

  @Test func `safelisted values of more than 1024 bytes are all unsafe`() {
    let eight = (0..<8).map { (name: $0.isMultiple(of: 2) ? "accept" : "Accept-Language", value: Self.long) }
    #expect(RequestHeaders.unsafeNames(eight) == [])
    #expect(
      RequestHeaders.unsafeNames(eight + [("content-language", "d")]) == [
        "accept", "accept-language", "content-language",
      ])
    #expect(RequestHeaders.unsafeNames(eight + [("x-a", Self.long)]) == ["x-a"])
  }

  @Test(arguments: [
    "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
    "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect", "Host", "Keep-Alive", "Origin",
    "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via", "Proxy-", "Proxy-Authorization",
    "sec-", "Sec-Fetch-Mode", "SEC-CH-UA",
  ])
  func `names that no script can set`(name: String) { #expect(RequestHeaders.isForbidden(name: name)) }

  @Test(arguments: [
    "User-Agent", "Authorization", "X-Proxy-A", "Second", "Content-Type", "Proxy", "Range", "Pragma", "",
  ])
  func `names that a script can set`(name: String) { #expect(!RequestHeaders.isForbidden(name: name)) }
}
