import Fetch
import Testing

/// What the URL standard's parser makes of a text, as far as CORS looks at it.
struct URLRecordTests {
  @Test(
    arguments: [
      // Default ports vanish, others stay.
      ("https://app.example/", "https://app.example"), ("https://app.example:443/x", "https://app.example"),
      ("http://app.example:80", "http://app.example"), ("http://app.example:443", "http://app.example:443"),
      ("https://app.example:8443/", "https://app.example:8443"), ("ws://app.example:80/", "ws://app.example"),
      ("wss://app.example:443/", "wss://app.example"), ("ftp://app.example:21/", "ftp://app.example"),
      ("https://app.example:/", "https://app.example"), ("https://app.example:00443/", "https://app.example"),
      // Scheme and host in lower case; user names and passwords are no part of an origin.
      ("HTTPS://APP.Example/Path", "https://app.example"), ("https://user:pw@app.example/", "https://app.example"),
      ("https://a@b@app.example/", "https://app.example"), ("https://:@app.example/", "https://app.example"),
      ("https://app.example?x", "https://app.example"), ("https://app.example#x", "https://app.example"),
      ("  https://app.example/  ", "https://app.example"), ("https:app.example", "https://app.example"),
      ("https:\\\\app.example\\x", "https://app.example"), ("https:////app.example", "https://app.example"),
      // Tabs and line ends go wherever they are, other control characters at the ends.
      ("ht\ttps://app\n.exa\rmple:44\r\n3/", "https://app.example"),
      ("\u{1}https://app.example/\u{0} ", "https://app.example"),
      // Percent-encoded hosts are decoded; a trailing dot stays.
      ("https://%61pp.example/", "https://app.example"), ("https://app.example./", "https://app.example."),
      ("https://a_b.example/", "https://a_b.example"), ("https://*.example/", "https://*.example"),
      ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example"),
      // Other scripts, by RFC 3492's own examples and browsers' address bars.
      ("https://bücher.example/", "https://xn--bcher-kva.example"),
      ("https://BÜCHER.Example/", "https://xn--bcher-kva.example"),
      ("https://m%C3%BCnchen.example:8443/", "https://xn--mnchen-3ya.example:8443"),
      ("https://faß.de/", "https://xn--fa-hia.de"), ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah"),
      ("https://почемужеонинеговорятпорусски/", "https://xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
      ("https://他们为什么不说中文/", "https://xn--ihqwcrb4cv8a8dqg056pqjye"),
      // IPv4 in all its spellings.
      ("http://127.0.0.1:8100/", "http://127.0.0.1:8100"), ("http://127.1/", "http://127.0.0.1"),
      ("http://0x7f.0.0.1/", "http://127.0.0.1"), ("http://0177.0.0.01/", "http://127.0.0.1"),
      ("http://2130706433/", "http://127.0.0.1"), ("http://127.0.0.1./", "http://127.0.0.1"),
      ("http://0x/", "http://0.0.0.0"), ("http://1.2.3.0x4", "http://1.2.3.4"),
      ("http://1.2.3.4a/", "http://1.2.3.4a"), ("http://0xg/", "http://0xg"), ("http://0x+1/", "http://0x+1"),
      ("HTTPS://A.Example:443/", "https://a.example"), ("http://127.0.0.1:80/", "http://127.0.0.1"),
      // IPv6 in its shortest form.
      ("http://[::1]:8080/", "http://[::1]:8080"), ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]"),
      ("http://[2001:DB8:0:0:1:0:0:1]/", "http://[2001:db8::1:0:0:1]"),
      ("http://[1:0:2:3:4:5:6:7]/", "http://[1:0:2:3:4:5:6:7]"), ("http://[::]/", "http://[::]"),
      ("http://[1::]/", "http://[1::]"), ("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]"),
      // Schemes without a tuple origin.
      ("file:///etc/passwd", "null"), ("data:text/plain,x", "null"), ("about:blank", "null"),
      ("mailto:a@b.example", "null"), ("custom://host/x", "null"), ("chrome-extension://abc/x", "null"),
    ])
  func `the origin, serialised`(text: String, origin: String) throws {
    #expect(try #require(URLRecord(text)).origin.serialized == origin)
  }

  @Test(arguments: [
    "", "app.example", "//app.example", "://app.example", "/path", "1http://a", "ht tp://a", "https://", "https://:80",
    "https://user@", "https://a b/", "https://a\u{1}b/", "https://a:b/", "https://a:65536/", "https://a:-1/",
    "https://a:+80/",
    "https://a<b/", "https://a^b/", "https://a|b/", "https://a%/", "https://a%zz/", "https://a%2fb/", "https://a%00/",
    "https://a%ff/", "http://256.0.0.1/", "http://1.2.3.4.5/", "http://1.2.3.08/", "http://1.256.3/", "http://1..2/",
    "http://4294967296/", "http://0+7.1/", "http://[::1/", "http://::1/", "http://[::1]x/", "http://[1:2:3]/",
    "http://[1::2::3]/", "http://[:::]/", "http://[12345::]/", "http://[1:2:3:4:5:6:7:8:9]/",
    "http://[1:2:3:4:5:6:7::8]/", "http://[::1.2.3]/", "http://[::1.2.3.256]/", "http://[::01.2.3.4]/",
    "http://[::+1.2.3.4]/", "http://[1.2.3.4]/", "http://[]/", "http://[::g]/",
  ])
  func `no URL`(text: String) { #expect(URLRecord(text) == nil) }

  @Test(
    arguments: [
      ("https://a.example", "/", nil), ("https://a.example/x?y=1#z", "/x", "y=1"), ("https://a.example?", "/", ""),
      ("https://a.example/x\ny?a\t=\r1", "/xy", "a=1"), ("https://a.example/\n..\t/b", "/b", nil),
      ("https://a.example/a/./b/../c", "/a/c", nil), ("https://a.example/..", "/", nil),
      ("https://a.example/a/..", "/", nil), ("https://a.example/a/.", "/a/", nil),
      ("https://a.example/a/b/..", "/a/", nil),
      ("https://a.example/a/%2E%2e/b", "/b", nil), ("https://a.example/a/.%2e/b", "/b", nil),
      ("https://a.example/a/%2e", "/a/", nil), ("https://a.example/../../a", "/a", nil),
      ("https://a.example/...", "/...", nil), ("https://a.example/.a", "/.a", nil),
      ("https://a.example//x", "//x", nil), ("https://a.example/x?a/../b", "/x", "a/../b"),
      ("https://a.example\\x\\..\\y", "/y", nil), ("https://a.example/a\\b", "/a/b", nil),
      // A combining mark after a slash does not hide the slash.
      ("https://a.example/a/\u{301}b/../c", "/a/c", nil), ("data:a,b?c", "a,b", "c"),
    ] as [(String, String, String?)])
  func `path and query`(text: String, path: String, query: String?) throws {
    let url = try #require(URLRecord(text))
    #expect(url.path == path)
    #expect(url.query == query)
  }

  @Test(
    arguments: [
      ("https://user@a.example/", "user"), ("https://user:pw@a.example/", "user:pw"),
      ("https://:pw@a.example/", ":pw"), ("https://:@a.example/", nil), ("https://@a.example/", nil),
      ("https://a.example/x@y", nil), ("https://a.example?x@y", nil), ("https://a.example", nil),
      ("ftp://user@a.example/", "user"), ("custom://user@a/", "user"), ("mailto:a@b.example", nil),
    ] as [(String, String?)])
  func `user name and password`(text: String, credentials: String?) throws {
    let url = try #require(URLRecord(text))
    #expect(url.credentials == credentials)
    #expect(url.hasCredentials == (credentials != nil))
  }

  static let base = "https://a.example:8443/dir/page?q=1"

  @Test(
    arguments: [
      ("https://b.example/x", "https://b.example/x"), ("//b.example/x", "https://b.example/x"),
      ("\\\\b.example/x", "https://b.example/x"), ("/\\b.example/x", "https://b.example/x"),
      ("/x", "https://a.example:8443/x"), ("\\x\\y", "https://a.example:8443/x/y"),
      ("x", "https://a.example:8443/dir/x"), ("x/", "https://a.example:8443/dir/x/"),
      ("../x", "https://a.example:8443/x"), ("./", "https://a.example:8443/dir/"),
      ("..", "https://a.example:8443/"), ("../../../x", "https://a.example:8443/x"),
      ("?q=2", "https://a.example:8443/dir/page?q=2"), ("?", "https://a.example:8443/dir/page?"),
      ("", "https://a.example:8443/dir/page?q=1"), ("#f", "https://a.example:8443/dir/page?q=1"),
      ("x#f?y", "https://a.example:8443/dir/x"), ("/a:b", "https://a.example:8443/a:b"),
      (" /x ", "https://a.example:8443/x"), ("http://a.example", "http://a.example/"),
      ("HTTPS://b.example", "https://b.example/"), ("https:x", "https://a.example:8443/dir/x"),
      ("https:/x", "https://a.example:8443/x"), ("http:b.example", "http://b.example/"),
      ("data:,x", "data:,x"), ("?/../x", "https://a.example:8443/dir/page?/../x"),
    ])
  func `a reference, resolved`(reference: String, absolute: String) throws {
    let base = try #require(URLRecord(Self.base))
    #expect(URLRecord(reference, relativeTo: base)?.spelling == absolute)
  }

  @Test(arguments: ["https://[", "//", "//a b/", "http://a:99999/", "//user@", "https://%00/"])
  func `a reference that the parser refuses is no path`(reference: String) throws {
    let base = try #require(URLRecord(Self.base))
    #expect(URLRecord(reference, relativeTo: base) == nil)
  }

  @Test func `a relative reference keeps the base's user name`() throws {
    let base = try #require(URLRecord("https://u:p@a.example/x"))
    #expect(URLRecord("y", relativeTo: base)?.spelling == "https://u:p@a.example/y")
    #expect(URLRecord("//b.example", relativeTo: base)?.hasCredentials == false)
  }

  static let alphabet = Array("ahtps:/\\.@[]?#%20f8x1:// \u{301}é,*")

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `any text is a URL or none, and what one spells is spelled so`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let base = URLRecord(Self.base)
    for _ in 0..<3000 {
      let start = random.pick(["", "https://", "http://a", "https://a.example/", "//", "data:"])
      let text = start + random.text(of: Self.alphabet, upTo: 14)
      if let base { _ = URLRecord(text, relativeTo: base) }
      guard let url = URLRecord(text) else { continue }
      guard url.isHTTP else { continue }
      #expect(url.path.hasPrefix("/"), "\(text)")
      #expect(URLRecord(url.spelling)?.spelling == url.spelling, "\(text)")
      #expect(URLRecord(url.origin.serialized)?.origin == url.origin, "\(text)")
      #expect(Origin(parsing: text) == url.origin, "\(text)")
    }
  }
}
