import Evidence
import Fetch
import Ingestion
import Testing

/// What each exporter's entries mean.
struct HARDialectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var profile: String
    var lines: [String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "devtools-http1-sanitised.har",
      profile: "WebInspector 537.36: chromium by chromium, marks failures, sanitised",
      lines: [
        "GET http://shop.example:8080/ 200 sent succeeded document HTTP/1.1 cookie:no page:http://shop.example:8080",
        // The header's size has room for a cookie that the list lacks.
        "GET http://api.example/a?x=1 200 sent succeeded fetch HTTP/1.1 cookie:yes page:http://shop.example:8080",
        "GET http://api.example/b 200 sent failed(net::ERR_FAILED) fetch HTTP/1.1 cookie:no page:http://shop.example:8080",
        "PUT http://api.example/c - provisional failed(net::ERR_FAILED) fetch page:http://shop.example:8080",
        "OPTIONS http://api.example/c 204 sent succeeded preflight HTTP/1.1 cookie:no page:http://shop.example:8080",
        "GET http://api.example/d - provisional failed() script pageless",
        "GET http://api.example/e 200 sent succeeded fetch HTTP/1.1 page:http://shop.example:8080 cached worker",
        "GET http://api.example/f 307 sent succeeded xhr HTTP/1.1 cookie:no page:http://shop.example:8080 synthetic",
      ]),
    Case(
      name: "devtools-http2-secrets.har", profile: "WebInspector 537.36: chromium by chromium, marks failures",
      lines: [
        "GET https://api.example/a 200 sent succeeded fetch HTTP/2 cookie:no pageless",
        "GET https://api.example/b 200 sent failed(net::ERR_FAILED) xhr HTTP/2 cookie:yes pageless",
      ]),
    Case(
      name: "firefox.har", profile: "Firefox 140.0: firefox by firefox",
      lines: [
        "OPTIONS https://api.example/x 204 sent preflight HTTP/2 cookie:no page:https://shop.example",
        "DELETE https://api.example/x - notSent fetch page:https://shop.example",
        "GET https://api.example/y 200 sent fetch HTTP/2 cookie:yes page:https://shop.example",
        "GET https://down.example/z - sent fetch cookie:no page:https://shop.example",
      ]),
    Case(
      name: "safari.har", profile: "WebKit Web Inspector 1.0: webkit by webkit, no preflights",
      lines: [
        // Loads that failed are not in the file.
        "GET https://api.example/a 200 sent succeeded unknown HTTP/2 cookie:no page:https://shop.example",
        "GET https://api.example/b 200 sent succeeded unknown page:https://shop.example cached",
      ]),
    Case(
      name: "playwright.har", profile: "Playwright 1.50.0: firefox by firefox, marks failures, no preflights",
      lines: [
        "GET https://shop.example/ 200 sent succeeded document HTTP/1.1 cookie:no",
        "GET https://api.example/a 200 sent succeeded unknown HTTP/1.1 cookie:no page:https://shop.example",
        "POST https://api.example/b - provisional failed(net::ERR_FAILED) unknown page:https://shop.example",
        "GET https://api.example/mock 200 sent succeeded unknown HTTP/1.1 cookie:no page:https://shop.example synthetic",
        "GET https://api.example/given-up - sent failed(net::ERR_FAILED) unknown HTTP/1.1 cookie:no page:https://shop.example synthetic",
        "GET https://api.example/direct 200 sent succeeded other HTTP/1.1",
      ]),
    Case(
      name: "chrome-har.har", profile: "chrome-har 0.13.1: chromium by chromium",
      lines: [
        "PUT https://api.example/a 200 sent fetch HTTP/2 cookie:no id:77.1",
        "OPTIONS https://api.example/a 204 sent preflight HTTP/2 cookie:no id:77.2 announces:77.1",
      ]),
    Case(
      name: "mitmproxy.har", profile: "mitmproxy 11.0: any by proxy",
      lines: [
        "GET https://api.example/a 200 sent unknown HTTP/1.1 cookie:no",
        "GET https://api.example/broken 200 sent unknown HTTP/1.1 cookie:no",
        "GET https://down.example/ - sent failed(connection refused) unknown HTTP/1.1 cookie:no",
      ]),
    Case(
      name: "charles.har", profile: "Charles Proxy 4.6: any by proxy",
      lines: [
        "CONNECT https://api.example - sent unknown HTTP/1.1",
        "GET https://api.example/a 200 sent unknown HTTP/2 cookie:no",
        "GET https://api.example/b - sent failed(FAILED) unknown HTTP/1.1 cookie:no",
      ]),
    Case(
      name: "fiddler.har", profile: "Fiddler 5.0: any by proxy",
      lines: ["GET http://api.example/a 200 sent unknown HTTP/1.1 cookie:no"]),
    Case(
      name: "insomnia.har",
      profile: "Insomnia REST Client insomnia.desktop.app:v9: any by unknown, no preflights, no browser",
      lines: ["post https://api.example/a 200 sent unknown HTTP/1.1 cookie:no"]),
  ]

  @Test(arguments: cases)
  func `each exporter's entries are read by its own rules`(sample: Case) throws {
    let result = readHAR(try harFixture(sample.name))
    #expect(result.lines == sample.lines)
    #expect(result.profile == sample.profile)
    #expect(result.problems.isEmpty)
    #expect(!result.last.blindSpots.isEmpty)
  }

  @Test func `a hand-made file of wrong types gives what it can, and a sentence for each loss`() throws {
    let result = readHAR(try harFixture("handmade.har"))
    #expect(
      result.lines == [
        "GET https://api.example/map 200 sent unknown cookie:no", "GET /relative - unknown unknown",
        "GET https://api.example/zone - unknown unknown", "GET mailto:a@b.example - unknown unknown",
      ])
    #expect(
      result.problems == [
        "bad-entry 2: Entry 2 has no use without a method.", "bad-entry 3: Entry 3 has no use without a URL.",
        "bad-entry 4: Entry 4 has no use without a request.", "bad-entry 5: Entry 5 is no object.",
        "bad-entry 6: Entry 6 is no object.", "bad-entry 7: Entry 7 is no object.",
        "bad-entry 8: Entry 8 is no object.", "bad-url 9: The URL of entry 9 cannot be parsed.",
        "bad-timestamp 9: The start of entry 9 is no date.",
        "bad-timestamp 10: Times from entry 10 on name no zone; they are read as UTC.",
      ])
    let headers = result.sink.exchanges.first?.request
    #expect(
      headers?.list.fields.map { "\($0.name)=\($0.value)" } == [
        "Origin=https://shop.example", "X-Two=1", "X-Two=2", "N=5", "Nil=",
      ])
    #expect(headers?.duplicates == .unknown)
  }

  @Test func `lines joined by a line feed come apart, duplicates and spelling stay`() throws {
    let entry = try #require(readHAR(try harFixture("devtools-http2-secrets.har")).sink.exchanges.last)
    #expect(entry.response.list.values(.accessControlAllowOrigin) == ["a", "b"])
    let request = readHAR(try harFixture("devtools-http2-secrets.har")).sink.exchanges.first?.request.list
    // `:authority` is the host; the other pseudo-headers are no fields; a long value of no known field is let go.
    #expect(request?.fields.map(\.name) == ["host", "accept", "origin", "user-agent", "x-long"])
    #expect(request?.fields.last?.value == "")
    let twice = readHAR(try harFixture("firefox.har")).sink.exchanges[2].response
    #expect(twice.list.count(.accessControlAllowOrigin) == 2)
    #expect(twice.duplicates == .kept)
    #expect(readHAR(try harFixture("safari.har")).sink.exchanges[0].response.duplicates == .joined)
  }

  @Test func `a misspelt CORS field is kept, other unknown ones of an answer are not`() throws {
    let exchanges = readHAR(try harFixture("devtools-http1-sanitised.har")).sink.exchanges
    #expect(exchanges[4].response.list.fields.map(\.name) == ["Access-Control-Allow-Orgin", "Vary"])
    #expect(exchanges[1].response.list.fields.map(\.name) == ["Access-Control-Allow-Origin", "Content-Type"])
  }

  @Test func `what a sanitised export removes is never called absent`() throws {
    let exchanges = readHAR(try harFixture("devtools-http1-sanitised.har")).sink.exchanges
    #expect(exchanges[1].request.isPresent(.cookie) == nil)
    #expect(exchanges[1].request.isPresent(.secFetchStorageAccess) == false)
    #expect(exchanges[1].response.isPresent(.setCookie) == nil)
    // Headers that were only asked for say nothing of what a browser adds.
    #expect(exchanges[3].request.isPresent(.origin) == nil)
    #expect(exchanges[3].request.isPresent(.contentType) == true)
    #expect(exchanges[3].request.isPresent(.range) == false)
    #expect(exchanges[3].response.isPresent(.accessControlAllowOrigin) == nil)
    let whole = readHAR(try harFixture("devtools-http2-secrets.har")).sink.exchanges
    #expect(whole[0].request.isPresent(.cookie) == false)
  }

  @Test(arguments: ["Firefox", "WebKit", "Charles Proxy", "no one's"], ["", #"{"name":"sid","value":"1"}"#])
  func `a cookie that the answer sets is none that its request carried`(creator: String, carried: String) {
    let set = #"[{"name":"sid","value":"1"}]"#
    let har = """
      {"log":{"creator":{"name":"\(creator)","version":"1"},"entries":[{
        "request":{"method":"GET","url":"https://api.example/","headers":[{"name":"Host","value":"api.example"}],
          "cookies":[\(carried)]},
        "response":{"status":200,"headers":[{"name":"Set-Cookie","value":"sid=1"}],"cookies":\(set)}}]}}
      """
    #expect(readHAR(har).sink.exchanges.map(\.cookieSent) == [.recorded(!carried.isEmpty)])
  }

  /// Of neither a service worker's answer nor one out of the HTTP cache the head is counted; of the latter the body is.
  @Test(arguments: [
    (request: 0, head: 0, body: 0, content: 10, said: "200 sent succeeded unknown worker"),
    (request: 0, head: 0, body: 0, content: 0, said: "200 sent unknown worker"),
    (request: 0, head: 0, body: 10, content: 10, said: "200 sent unknown cached"),
    (request: 413, head: 118, body: 120, content: 2, said: "200 sent unknown"),
  ])
  func `Firefox shows by its sizes what a service worker answered, and the cache`(
    request: Int, head: Int, body: Int, content: Int, said: String
  ) throws {
    let har = """
      {"log":{"creator":{"name":"Firefox","version":"153.0"},"entries":[{
        "request":{"method":"GET","url":"https://api.example/","headers":[],"headersSize":\(request)},
        "response":{"status":200,"headers":[],"headersSize":\(head),"bodySize":\(body),"content":{"size":\(content)}}}]}}
      """
    #expect(readHAR(har).lines == ["GET https://api.example/ \(said)"])
  }

  /// By the size of the answer's head, where it is recorded.
  @Test(arguments: [(19, false), (22, nil), (150, nil), (-1, nil), (0, nil)] as [(Int, Bool?)])
  func `an answer without fields had none where its head is no longer than a status line, else they were not recorded`(
    size: Int, isPresent: Bool?
  ) throws {
    let har = """
      {"log":{"creator":{"name":"Firefox","version":"153.0"},"entries":[{
        "request":{"method":"GET","url":"https://api.example/","headers":[]},
        "response":{"status":302,"statusText":"OK","headers":[],"headersSize":\(size),"redirectURL":"/next"}}]}}
      """
    let answer = try #require(readHAR(har).sink.exchanges.first).response
    #expect(answer.isPresent(.accessControlAllowOrigin) == isPresent)
    #expect(answer.value(.location) == "/next")
  }

  @Test(arguments: [(#""_resourceType":"fetch","#, " succeeded fetch"), ("", " unknown")])
  func `what takes away DevTools' own members takes away its marks of failure`(member: String, said: String) {
    let har = """
      {"log":{"creator":{"name":"WebInspector","version":"537.36"},"entries":[{\(member)
        "request":{"method":"GET","url":"https://api.example/","headers":[{"name":"Cookie","value":"a"}]},
        "response":{"status":200,"headers":[]}}]}}
      """
    #expect(readHAR(har).lines == ["GET https://api.example/ 200 provisional\(said) cookie:yes pageless"])
  }

  @Test(arguments: [(#""_error":null,"#, true), ("", false)])
  func `who writes what DevTools writes, but no failures, marks none`(member: String, marks: Bool) {
    let har = """
      {"log":{"creator":{"name":"x","version":"1"},"entries":[{"_resourceType":"fetch","_initiator":{"type":"script"},
        "request":{"method":"GET","url":"https://api.example/","headers":[]},"response":{\(member)"status":200}}]}}
      """
    #expect(readHAR(har).last.marksOutcome == marks && readHAR(har).last.recorder == .chromium)
  }

  /// The head's size, the body's as transferred with it, and as announced.
  @Test(
    arguments: [
      (90, 90, 2, false), (90, 92, 2, true), (90, 95, 2, nil), (0, 0, 2, nil), (90, 90, 0, nil), (90, 92, .max, nil),
      (.max, .min, 2, nil), (90, -1, .max, nil),
    ] as [(Int, Int, Int, Bool?)])
  func `Firefox counts what it took of a body`(head: Int, size: Int, announced: Int, wasTaken: Bool?) {
    let har = """
      {"log":{"creator":{"name":"Firefox","version":"153.0"},"entries":[{
        "request":{"method":"GET","url":"https://api.example/","headers":[]},"response":{"status":200,"headersSize":\(head),
        "bodySize":\(size),"headers":[{"name":"content-length","value":"\(announced)"}]}}]}}
      """
    #expect(readHAR(har).sink.exchanges.map(\.bodyWasTaken) == [wasTaken])
  }

  @Test(arguments: [
    ("GET", "content-length", "5", 0, true), ("GET", "content-length", "5", 5, false),
    ("GET", "content-length", "0", 0, false), ("HEAD", "content-length", "5", 0, false),
    ("GET", "content-length", "9223372036854775807", 0, true), ("GET", "server", "x", 0, false),
  ])
  func `mitmproxy may have kept back an answer that announces a body, and has none`(
    method: String, name: String, value: String, size: Int, mayBe: Bool
  ) {
    let har = """
      {"log":{"creator":{"name":"mitmproxy","version":"11.0"},"entries":[{
        "request":{"method":"\(method)","url":"https://api.example/","headers":[]},"response":{"status":200,
        "bodySize":\(size),"headers":[{"name":"\(name)","value":"\(value)"}]}}]}}
      """
    #expect(readHAR(har).sink.exchanges.map(\.mayBeWithheld) == [mayBe])
  }

  @Test func `what a tool lists as asked for and as sent is one field, and what differs two`() {
    let har = """
      {"log":{"creator":{"name":"chrome-har","version":"1"},"entries":[{"request":{"method":"GET","url":"https://api.example/",
        "headers":[{"name":"Origin","value":"https://b.example"},{"name":"X-A","value":"1"},{"name":"Accept","value":"a"},
          {"name":"origin","value":"https://b.example"},{"name":"X-A","value":"1"},{"name":"Accept","value":"b"}]}}]}}
      """
    let fields = readHAR(har).sink.exchanges.first?.request.list.fields ?? []
    #expect(
      fields.map { "\($0.name): \($0.value)" } == [
        "Origin: https://b.example", "X-A: 1", "Accept: a", "X-A: 1", "Accept: b",
      ])
  }

  @Test func `an unknown exporter's request without an answer may have been held back`() {
    let har = """
      {"log":{"creator":{"name":"x","version":"1"},"entries":[{
        "request":{"method":"PUT","url":"https://api.example/","headers":[{"name":"Host","value":"api.example"}]},
        "response":{"status":0,"headers":[]}}]}}
      """
    #expect(readHAR(har).lines == ["PUT https://api.example/ - unknown unknown"])
  }

  /// `GET / HTTP/1.1`, Host and Origin are 60 bytes; the blank line was counted before 2018.
  @Test(
    arguments: [(60, "cookie:no "), (62, "cookie:no "), (61, ""), (59, ""), (85, "cookie:yes ")] as [(Int, String)])
  func `Chromium's head has room for a cookie that the export left out, or has none`(size: Int, said: String) {
    let har = """
      {"log":{"creator":{"name":"WebInspector","version":"537.36"},"entries":[{"_resourceType":"fetch",
        "request":{"method":"GET","url":"http://a.example/","httpVersion":"HTTP/1.1","headersSize":\(size),"headers":[
          {"name":"Host","value":"a.example"},{"name":"Origin","value":"https://b.example"}]},
        "response":{"status":200,"headers":[]}}]}}
      """
    #expect(readHAR(har).lines == ["GET http://a.example/ 200 sent succeeded fetch HTTP/1.1 \(said)pageless"])
  }

  @Test(arguments: [(302, "https://b.example/"), (200, nil), (404, nil)] as [(Int, String?)])
  func `where an answer leads is its Location, if it is a redirect`(status: Int, location: String?) {
    let har = """
      {"log":{"entries":[{"request":{"method":"GET","url":"http://a.example/"},
        "response":{"status":\(status),"redirectURL":"https://b.example/"}}]}}
      """
    #expect(readHAR(har).sink.exchanges.map { $0.response.list.get(.location) } == [location])
  }

  @Test func `requests of the same line of script share an initiator`() throws {
    let initiators = readHAR(try harFixture("devtools-http1-sanitised.har")).sink.exchanges.map(\.initiator)
    #expect(initiators[0] == nil)
    #expect(initiators[1] == initiators[2])
    #expect(initiators[1] == initiators[6])
    #expect(Set([initiators[1], initiators[3], initiators[5], initiators[7]]).count == 4)
  }

  @Test func `times keep their zone and their precision`() throws {
    let firefox = readHAR(try harFixture("firefox.har")).sink.exchanges[0]
    #expect(firefox.startedAt == 1_772_359_200_001_000)
    #expect(firefox.clockGranularity == 1000)
    #expect(firefox.duration == nil)
    let proxy = readHAR(try harFixture("mitmproxy.har")).sink.exchanges
    #expect(proxy[0].startedAt == 1_772_359_200_000_123)
    #expect(proxy[0].clockGranularity == 1)
    #expect(proxy[2].clockGranularity == 1_000_000)
    #expect(proxy.map(\.mayBeWithheld) == [false, true, false])
    #expect(proxy[0].duration == 12_500)
  }
}
