import Correlator
import Evidence
import Fetch
import Store
import Testing

@Suite struct `Secrets` {
  let redaction = Redaction(key: StoreKey(k0: 1, k1: 2))

  @Test(arguments: [
    "https://a.example/x?token=s3cret", "https://a.example/x?a=1&access_token=s3cret&b=2", "/x?code=s3cret",
    "https://a.example/#id_token=s3cret", "https://a.example/x?API-KEY=s3cret", "https://a.example/x?sig=s3cret",
    "https://a.example/x?X-Amz-Signature=s3cret", "https://a.example/x;jsessionid=s3cret?q=1",
    "https://s3cret@a.example/", "https://me:s3cret@a.example/x", "https://me:s3@cret:s3cret@a.example/x",
    "https://a.example/x?next=https%3A%2F%2Fb.example%2F%3Ftoken%3Ds3cret%26q%3D1",
    "https://a.example/x?user[password]=s3cret",
    "https://a.example/x?user%5Bpassword%5D=s3cret", "https://a.example/x?a=1&pass%77ord%5b%5d=s3cret",
    "https://a.example/x?100%token=s3cret", "https://a.example/x?state=s3cret",
    "https://a.example/x?client_secret=s3cret", "//a.example/?session=s3cret", "?jwt=s3cret",
    "?app_key=s3cret", "?appkey=s3cret", "?X-App-Key=s3cret", "?bearer=s3cret", "?hmac=s3cret", "?x_hmac=s3cret",
    "?totp=s3cret", "?otp=s3cret", "?user_otp=s3cret", "?mfa=s3cret", "?mfa_code=s3cret", "?passcode=s3cret",
    "?device_code=s3cret", "?user_code=s3cret", "?code_verifier=s3cret", "?codeVerifier=s3cret",
    "?next=%2Fx%3Fdevice%5Fcode%3Ds3cret",
  ]) func `in a URL are replaced`(_ url: String) {
    let redacted = redaction.url(url)
    #expect(!redacted.contains("s3cret"))
    #expect(redacted.contains("redacted-"))
    #expect(redaction.url(redacted) == redacted)
  }

  @Test(arguments: [
    "https://a.example/x?page=1&sort=price", "https://a.example/x", "", "https://a.example/monkey=1?zip_code_2=1",
    "?country_code=kr&postcode=1&map_key=2&verifier=3&code_challenge=4&bearers=5",
    "https://a.example/@me?donkey=1", "https://a.example/x?token=", "/key/code/token", "mailto:me@a.example",
  ]) func `are not seen where there are none`(_ url: String) {
    #expect(redaction.url(url) == url)
  }

  @Test(arguments: [
    "Authorization: Basic czNjcmV0", "cookie: id=czNjcmV0; b=1", "sent Bearer czNjcmV0Zm9v to it",
    #"{"name": "Cookie", "value": "id=czNjcmV0"}"#, #"{"token":"czNjcmV0"}"#,
    "GET /x?token=czNjcmV0 HTTP/1.1", #"{"app_key": "czNjcmV0", "totp":"czNjcmV0"}"#, "hmac=czNjcmV0",
    "see https://me:czNjcmV0@a.example/",
  ]) func `in text are replaced`(_ text: String) {
    #expect(!redaction.text(text).contains("czNjcmV0"))
  }

  @Test(arguments: ["Basic auth is missing", "net::ERR_FAILED", "key: value", "Access-Control-Allow-Origin: *"])
  func `plain text stays as it is`(_ text: String) {
    #expect(redaction.text(text) == text)
  }

  @Test(arguments: [KnownField.cookie, .setCookie, .authorization, .proxyAuthorization])
  func `a credential field's value is a marker with its length`(_ field: KnownField) {
    let marker = redaction.value("s3cret", of: field)
    #expect(marker.hasPrefix("[redacted 6 bytes #"))
    #expect(marker == redaction.value("s3cret", of: field))
    #expect(marker != redaction.value("s3cres", of: field))
    #expect(marker != Redaction(key: StoreKey(k0: 1, k1: 3)).value("s3cret", of: field))
    #expect(Redaction(key: StoreKey(k0: 1, k1: 2), keepSecrets: true).value("s3cret", of: field) == "s3cret")
  }

  @Test func `a fact named after a credential field is one`() {
    #expect(!redaction.fact(Fact("Cookie", "s3cret", from: "request header")).contains("s3cret"))
    #expect(redaction.fact(Fact("cookie sent", "yes", from: "inference")) == "yes")
  }

  /// One secret in each place that a store has.
  static func fill(_ input: Import) throws {
    let secret = "s3cretvalue"
    var exchange = Exchange(
      locator: Locator(entry: 1, offset: 0), method: "GET", url: "https://api.example/?token=\(secret)",
      request: HeaderRecord([
        "Cookie": "id=\(secret)", "Authorization": "Bearer \(secret)", "Proxy-Authorization": secret,
        "Referer": "https://app.example/?code=\(secret)", "User-Agent": "agent token=\(secret)",
        "Origin": "https://me:\(secret)@app.example",
      ]),
      response: HeaderRecord(["Set-Cookie": secret, "Location": "https://me:\(secret)@api.example/?sig=\(secret)"]),
      status: 200)
    exchange.outcome = .failed("Bearer \(secret)")
    exchange.pageOrigin = "https://me:\(secret)@app.example"
    try input.add(exchange, endpoint: "https://api.example/?key=\(secret)")
    var verdict = Case(entry: 1, origin: "https://me:\(secret)@a.example").verdict
    verdict.url = exchange.url
    verdict.fix = "answer ?token=\(secret)"
    verdict.evidence = [
      Fact("location", "/?password=\(secret)", from: "response"), Fact("cookie", secret, from: "request"),
    ]
    try input.add(verdict)
    var preflight = PreflightRecord(
      preflight: Locator(entry: 2, offset: 0), url: "https://api.example/?apikey=\(secret)", outcome: .followed)
    preflight.origin = "https://me:\(secret)@a.example"
    try input.add(preflight)
    try input.add(
      IngestProblem(.badLine, at: Locator(entry: 3, offset: 9), why: "?token=\(secret)", sample: "Cookie: \(secret)"))
    try input.addTraffic(
      hour: 1, endpoint: "https://api.example/?jwt=\(secret)", method: "GET", status: 200, requests: 2)
  }

  @Test(arguments: [false, true]) func `are nowhere in a store's file unless asked for`(keep: Bool) throws {
    let folder = try Folder()
    var options = options
    options.keepSecrets = keep
    let writer = try StoreWriter(.file(folder.file("s.db")), options: options)
    try writer.fill("a.har", 1, `Secrets`.fill)
    let reader = try writer.close()
    let bytes = try FileBytes.read(folder.file("s.db"))
    #expect(bytes.contains("s3cretvalue") == keep)
    #expect(try reader.column("SELECT cookie IS NOT NULL FROM exchanges") == ["1"])
  }
}
