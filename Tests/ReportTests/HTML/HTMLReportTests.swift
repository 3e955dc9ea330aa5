import Correlator
import Report
import Testing

private func written(_ findings: Findings) -> String {
  var text = ""
  FindingsReport.writeHTML(findings, into: &text)
  return text
}

private func page(_ findings: Findings) -> HTMLPage { HTMLPage(written(findings)) }

@Suite struct `An HTML report` {
  static let samples: [@Sendable () -> Findings] = [
    HTMLSamples.capture, HTMLSamples.log, { Findings() }, { HTMLSamples.findings([HTMLSamples.refused()]) },
  ]

  @Test func `goes from far to near`() {
    #expect(
      page(HTMLSamples.capture()).outline == """
        header
          h1 11 of 47 cross-origin requests were blocked, by 2 problems: mend the first and 9 go away.
        nav
        main#main
          section#problems
            h2#problems-title Problems, by whom they hurt
            h3 1 The answer does not allow any origin CORSMissingAllowOrigin
            details#problem-1-lines
              pre
            h3 2 * does not allow requests with credentials CORSNotSupportingCredentials
            details#problem-2-lines
        \(Self.servers("    "))
          section#waterfall
            h2#waterfall-title The capture
            details
              table Requests of captures/shop.har
          section#map
            h2#map-title Where: endpoints against origins
            table Failures by endpoint and origin
          section#groups
            h2#groups-title Failures in groups
            h3 By cause
            table Failures by cause
            h3 By origin
            table Failures by origin
            h3 By endpoint
            table Failures by endpoint
          section#failures
            h2#failures-title Each distinct failure, as the browser saw it
            details#f1
              h3 1. The answer does not allow any origin
              section
                h4 Preflight, entry 12
                table Preflight, entry 12: fields sent and answered
              section
                h4 Request, entry 13
                table Request, entry 13: fields sent and answered
              section
                h4 Recorded besides
              section
                h4 Inferred, not recorded
              table What each engine decides
              details#f1-lines
                pre
            details#f2
              h3 2. * does not allow requests with credentials
              section
                h4 Request, entry 20
                table Request, entry 20: fields sent and answered
              section
                h4 Recorded besides
              section
                h4 Inferred, not recorded
              table What each engine decides
              details#f2-lines
        \(Self.servers("      "))
          section#sources
            h2#sources-title Source
        footer
          h2 What this page leaves out
        """)
  }

  private static func servers(_ margin: String) -> String {
    Array(repeating: "\(margin)  details\n\(margin)    pre", count: 15).joined(separator: "\n")
  }

  @Test func `of a log shows failures over time, by reason`() throws {
    let page = page(HTMLSamples.log())
    let section = try #require(page.id("time"))
    // Five reasons of their own, the other two together.
    #expect(section.text.contains("2 other reasons"))
    #expect(section.text.contains("Each bar is 60 min; the highest is 469."))
    let steps = section.all { $0.name == "g" }
    #expect(steps.count == 2, "a step without failures has no bar")
    #expect(steps.last?.text.hasPrefix("2026-11-24T09:00:00Z: CORSMissingAllowOrigin 1") == true)
    #expect(section.all { $0.name == "tbody" }.first?.children.count == 2)
    #expect(page.id("waterfall") == nil)
  }

  @Test func `of a capture ties each preflight to its request`() throws {
    let section = try #require(page(HTMLSamples.capture()).id("waterfall"))
    let rows = section.all { $0.name == "tbody" }.flatMap(\.children)
    #expect(rows.count == 3)
    #expect(rows.map { row in row.all { $0.name == "line" }.count } == [1, 1, 0])
    #expect(rows[0].text.contains("401 entry 12") && rows[0].text.contains("never sent"))
    #expect(rows[0].all { $0.attributes["href"] == "#f1" }.map(\.text) == ["CORSMissingAllowOrigin"])
    let bars = rows[0].all { $0.name == "rect" }
    #expect(bars.map { $0.attributes["class"] } == ["preflight", "unsent"])
    let (x, width) = (Int(bars[0].attributes["x"] ?? ""), Int(bars[0].attributes["width"] ?? ""))
    #expect(x == 0 && width == 198, "20 of 100 ms")
  }

  @Test func `says what share of requests fails`() throws {
    let page = page(HTMLSamples.capture())
    #expect(
      page.classed("share").first?.attributes["aria-label"] == "Of 47 requests: 11 blocked, 2 undetermined, 34 allowed")
    let cell = try #require(page.classed("heat-4").first)
    #expect(cell.text == "9 of 9")
    #expect(page.classed("heat-0").map(\.text) == ["0 of 9"])
  }

  @Test func `marks what decided, and sets apart what was inferred`() throws {
    let failure = try #require(page(HTMLSamples.capture()).id("f1"))
    let decided = failure.all { $0.attributes["class"] == "decided" }
    #expect(decided.map(\.text) == ["Access-Control-Allow-Origin(absent) decided"])
    let inferred = failure.all { $0.attributes["class"] == "facts inferred" }
    #expect(inferred.map(\.text) == ["Inferred, not recorded\npairing: nearest in time\n\n"])
    #expect(failure.all { $0.attributes["class"] == "facts recorded" }.first?.text.contains("held back") == true)
    let engines = failure.all { $0.attributes["class"] == "engines" }.first
    #expect(engines?.text.contains("ChromiumblockedPreflightMissingAllowOriginHeader") == true)
    #expect(engines?.text.contains("WebKitundetermined") == true)
    for word in ["Fetch, CORS check, step 2", "OPTIONS has to log in", "Let OPTIONS pass before authentication."] {
      #expect(failure.text.contains(word), "\(word)")
    }
  }

  @Test(arguments: samples.indices) func `is well formed, and every link leads somewhere`(_ index: Int) {
    let page = page(Self.samples[index]())
    #expect(page.errors == [])
    let ids = page.with("id").compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for link in page.all("a").compactMap({ $0.attributes["href"] }) where !link.hasPrefix("#failures?") {
      let leads = link.hasPrefix("https://developer.mozilla.org/") || ids.contains { link == "#\($0)" }
      #expect(leads, "\(link)")
    }
    for attribute in ["aria-labelledby", "for"] {
      for id in page.with(attribute).compactMap({ $0.attributes[attribute] }) { #expect(ids.contains(id)) }
    }
  }

  @Test func `names its own script and style in its policy, and nothing else`() throws {
    let page = page(HTMLSamples.capture())
    func hash(_ name: String) throws -> String {
      let text = try #require(page.all(name).first).text
      return "'sha256-\(SHA256.base64(SHA256.digest(text.utf8)))'"
    }
    let policy = page.with("http-equiv").first?.attributes["content"]
    #expect(
      policy == "default-src 'none'; script-src \(try hash("script")); style-src \(try hash("style")); "
        + "base-uri 'none'; form-action 'none'")
    #expect(page.all("script").count == 1 && page.all("style").count == 1)
  }

  @Test func `is a page without failures, too`() {
    let page = page(Findings())
    #expect(page.all("h1").map(\.text) == ["Nothing was judged: the input holds no requests."])
    #expect(page.id("failures") == nil && page.id("groups") == nil && page.errors == [])
  }
}

@Suite struct `A page's configuration` {
  @Test(arguments: [
    ("nginx/1.27", "nginx", "map $http_origin $cors_origin"), ("Apache/2.4", "Apache", "Header always set"),
    ("Kestrel", "ASP.NET", ".WithOrigins("),
  ]) func `is for the server that was seen`(_ server: String, _ name: String, _ line: String) throws {
    let page = page(HTMLSamples.findings([HTMLSamples.refused(server: server)]))
    let details = try #require(page.id("f1-lines"))
    #expect(details.text.contains("Configuration for \(name), the server that answered (\(server))"))
    let lines = details.all { $0.name == "pre" }
    #expect(lines.count == 1 && lines[0].text.contains(line))
    for own in ["https://app.example.com", "PUT", "x-trace"] { #expect(lines[0].text.contains(own), "\(own)") }
  }

  @Test func `is for all servers where the answer names none`() throws {
    let details = try #require(page(HTMLSamples.findings([HTMLSamples.refused(server: "acme/1")])).id("f1-lines"))
    let names = details.all { $0.name == "summary" }.dropFirst().map { $0.text.split(separator: "\n").joined() }
    #expect(names == ServerProduct.allCases.map(\.rawValue))
  }

  @Test func `is written once where two failures need the same`() {
    let page = page(HTMLSamples.findings([HTMLSamples.refused(), HTMLSamples.refused()]))
    #expect(page.id("f2-lines") == nil)
    #expect(page.id("f2")?.text.contains("the same as that of failure 1") == true)
  }

  @Test(arguments: [
    ("https://app.example.com", nil, "may read what this server answers, without cookies; that this"),
    ("https://app.example.com", "not include: a redirect before it was followed", "answers, without cookies."),
    ("https://app.example.com", "include: a cookie travelled", "opens every user's data to every site"),
    ("http://shop.example.com", nil, "is not encrypted"), ("http://localhost:3000", nil, "a developer's machine"),
    ("http://127.0.0.1:3000", nil, "a developer's machine"), ("http://127.0.0.1.example.com", nil, "is not encrypted"),
    ("null", nil, "which no server can allow safely"), ("https://a.example/$(x)", nil, "is an example"),
  ]) func `says what it opens`(_ origin: String, _ credentials: String?, _ note: String) {
    let page = page(HTMLSamples.findings([HTMLSamples.refused(origin: origin, credentials: credentials)]))
    let security = page.classed("security")
    #expect(security.count == 1 && security[0].text.contains(note), "\(security.map(\.text))")
  }
}

@Suite struct `A hostile capture` {
  /// Attributes that the page is made with; none of them runs or loads anything.
  static let harmless: Set<String> = [
    "lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "role", "scope", "tabindex", "type",
    "for",
    "value", "colspan", "hidden", "open", "dir", "focusable", "viewBox", "preserveAspectRatio", "x", "y", "width",
    "height",
    "x1", "y1", "x2", "y2",
  ]

  @Test(arguments: HTMLSamples.attacks) func `stays text`(_ attack: String) throws {
    let source = written(HTMLSamples.hostile(attack))
    let page = HTMLPage(source)
    #expect(page.errors == [])
    #expect(page.all("script").count == 1 && page.all("style").count == 1)
    #expect(page.root.all { ["img", "iframe", "object", "link", "base", "form"].contains($0.name) }.isEmpty)
    for element in page.root.all({ _ in true }) {
      for name in element.attributes.keys where !Self.harmless.contains(name) {
        #expect(name.hasPrefix("aria-") || name.hasPrefix("data-"), "\(name)")
      }
    }
    for link in page.all("a").compactMap({ $0.attributes["href"] }) {
      #expect(link.hasPrefix("#") || link.hasPrefix("https://developer.mozilla.org/"), "\(link)")
    }
    let hidden = source.unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || (0x2028...0x202E).contains($0.value)
        || (0x2066...0x2069).contains($0.value)
    }
    #expect(hidden.isEmpty)
  }

  @Test func `of a hundred thousand long failures stays under five megabytes, and says what is missing`() {
    let long = String(repeating: "<&'\"&", count: 400)
    var findings = HTMLSamples.hostile(long)
    let problem = findings.problems[0]
    findings.problems = Array(repeating: problem, count: 3000)
    findings.problemsLeftOut = 97_000
    findings.byEndpoint = Array(repeating: HTMLSamples.group(long, 1, 2), count: 3000)
    findings.byOrigin = findings.byEndpoint
    findings.sources = Array(repeating: findings.sources[0], count: 3000)
    var overview = findings.overview ?? Findings.Overview()
    overview.waterfalls = Array(repeating: overview.waterfalls, count: 300).flatMap { $0 }
    overview.faults = Array(repeating: overview.faults, count: 300).flatMap { $0 }
    findings.overview = overview
    let source = written(findings)
    #expect(source.utf8.count < 5_000_000)
    let shown = source.split(separator: "<details class=\"failure card\"").count - 1
    let notes = source.suffix(100_000).split(separator: "<footer>").last.map(String.init) ?? ""
    #expect(shown > 10 && notes.contains("\(100_000 - shown) further distinct failures".grouped), "\(notes)")
    for part in [
      "smaller problems", "further rows of the table: Failures by origin", "further sources", "very long texts",
    ] {
      #expect(notes.contains(part), "\(part)")
    }
  }
}

extension String {
  /// `99950 …` as `99,950 …`.
  fileprivate var grouped: String { String(prefix(2)) + "," + dropFirst(2) }
}

@Suite struct `SHA-256` {
  @Test(arguments: [
    (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
    (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
    (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
    (119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
    (120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
    (1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
  ]) func `of so many a's`(_ count: Int, _ hex: String) {
    let digest = SHA256.digest(Array(repeating: UInt8(ascii: "a"), count: count))
    #expect(digest.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined() == hex)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `in base64, as RFC 4648 says`(_ text: String, _ encoded: String) {
    #expect(SHA256.base64(Array(text.utf8)) == encoded)
  }
}
