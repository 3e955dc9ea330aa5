import Evidence
import Fetch
import Ingestion
import Testing

@Suite("Formats as servers' configurations define them")
struct FormatDefinitionTests {
  @Test
  func `nginx's combined as it is written in its documentation`() throws {
    let configuration = NginxConfiguration(
      """
      http {
        include mime.types;  # log_format commented '$status';
        log_format combined '$remote_addr - $remote_user [$time_local] '
                            '"$request" $status $body_bytes_sent '
                            '"$http_referer" "$http_user_agent"';
        access_log logs/access.log combined;
      }
      """)
    #expect(configuration.includes == ["mime.types"])
    #expect(configuration.problems == [])
    let format = try #require(configuration.formats.first)
    let exchange = try #require(
      LogReading(
        #"10.0.0.1 - a b [12/Mar/2025:10:15:32 +0000] "GET /x?y=\x22 HTTP/1.1" 200 5 "-" "UA \x22q\x22""#, as: format
      ).exchanges.first)
    #expect(exchange.field("target") == #"/x?y=""#)
    #expect(exchange.field("user-agent") == #"UA "q""#)
    #expect(exchange.field("referer") == "")
    #expect(exchange.field("origin") == nil)
  }

  @Test
  func `an nginx log_format of JSON, with variables in every position`() throws {
    let format = try LogFormat.nginx(
      name: "cors",
      #"{"t_end":$msec,"dur":$request_time,"ip":"$remote_addr","url":"$scheme://$host$request_uri","req":{"line":"$request_method $request_uri"},"st":$status,"o":"$http_origin","allowed":"$sent_http_access_control_allow_origin","note":"x $http_cookie"}"#,
      escape: "json")
    let exchange = try #require(
      LogReading(
        #"{"t_end":1741774532.418,"dur":0.018,"ip":"::1","url":"https://api.example.com/a","req":{"line":"PUT /a"},"st":200,"o":"https://app.example.com","allowed":"","note":"x c=1"}"#,
        as: format
      ).exchanges.first)
    #expect(exchange.field("method") == "PUT")
    #expect(exchange.field("origin") == "https://app.example.com")
    #expect(exchange.field("res:access-control-allow-origin") == "")
    #expect(exchange.field("cookie") == nil)
    #expect(exchange.startedAt == 1_741_774_532_400_000)
    #expect(exchange.response.confusesEmptyWithAbsent)
    #expect(exchange.response.duplicates == .firstOnly)
  }

  @Test(arguments: [
    ("w3c", "#Fields: date time cs-method cs-uri-stem sc-status ACAO\n2025-03-12 10:15:32 GET /a 200 -"),
    ("logfmt", #"time=2025-03-12T10:15:32Z client=::1 method=GET path=/a status=200 origin="" acao="""#),
    ("json", #"{"time":"2025-03-12T10:15:32Z","client":"::1","method":"GET","url":"/a","status":200,"acao":""}"#),
  ])
  func `an absent header may have been an empty one`(name: String, log: String) throws {
    let format = try #require(LogFormatCatalogue.format(named: name))
    let exchange = try #require(LogReading(log, as: format).exchanges.first)
    #expect(exchange.field("res:access-control-allow-origin") == "")
    #expect(exchange.response.confusesEmptyWithAbsent && !exchange.response.list.contains(.accessControlAllowOrigin))
  }

  @Test
  func `neighbouring variables and targets in parts`() throws {
    let format = try LogFormat.nginx(name: "x", "$msec $request_method $scheme://$host$uri$is_args$args $status")
    let exchange = try #require(
      LogReading("1741774532.418 GET https://api.example.com/a?b=1 204", as: format).exchanges.first)
    #expect(exchange.url == "https://api.example.com/a?b=1")
    #expect(exchange.status == 204)
  }

  @Test
  func `what cannot be read is refused with a reason`() {
    #expect(throws: LogFormatError.unescaped(name: "raw")) {
      try LogFormat.nginx(name: "raw", "$time_local $request $status", escape: "none")
    }
    #expect(throws: LogFormatError.missing(name: "x", fields: ["the time", "the target"])) {
      try LogFormat.nginx(name: "x", "$request_method $status")
    }
    #expect(throws: LogFormatError.notADefinition("nonsense")) { try LogFormat.definitions(in: "nonsense") }
  }

  @Test
  func `Apache's CORS format with start in microseconds, ports and headers both ways`() throws {
    let configuration = ApacheConfiguration(
      #"""
      # LogFormat "%h" old
      IncludeOptional conf-enabled/*.conf
      LogFormat "%v:%p %a %l %u %{begin:usec}t %D \"%r\" %>s %B \"%{Referer}i\" \"%{User-agent}i\" \"%{Origin}i\" \"%{Access-Control-Allow-Origin}o\" %{remote}p" corsx
      CustomLog logs/cors.log corsx
      CustomLog logs/x.log "%t %m %U%q %s %{X-Nothing}i"
      LogFormat "%h %s" short
      """#)
    #expect(configuration.includes == ["conf-enabled/*.conf"])
    #expect(configuration.formats.map(\.name) == ["corsx", "logs/x.log"])
    #expect(
      configuration.problems == [.missing(name: "short", fields: ["the time", "the method", "the target"])])
    let line =
      #"api.example.com:443 203.0.113.7 - - 1741774532418000 2500 "OPTIONS /v2 HTTP/1.1" 403 0 "-" "a \"b\" \xc3\xa9" "https://app.example.com" "-" 51844"#
    let exchange = try #require(LogReading(line, as: configuration.formats[0]).exchanges.first)
    #expect(exchange.startedAt == 1_741_774_532_418_000)
    #expect(exchange.endedAt == 1_741_774_532_420_500)
    #expect(exchange.field("user-agent") == #"a "b" é"#)
    #expect(exchange.field("host") == "api.example.com")
    #expect(exchange.field("res:access-control-allow-origin") == "")
    #expect(exchange.field("vary") == nil)
    let second = try #require(
      LogReading("[12/Mar/2025:10:15:32 +0000] GET /a?b=1 304 -", as: configuration.formats[1]).exchanges.first)
    #expect(second.url == "/a?b=1")
  }

  @Test(arguments: [
    ("%{%Y-%m-%d %H:%M:%S}t.%{msec_frac}t %m %U %s", "2025-03-12 10:15:32.418 GET /a 200", 1_741_774_532_418_000),
    ("%{sec}t %m %U %s", "1741774532 GET /a 200", 1_741_774_532_000_000),
    ("%{end:msec}t %{ms}T %m %U %s", "1741774532418 18 GET /a 200", 1_741_774_532_400_000),
    (
      "$time_iso8601 $request_time $request_method $uri $status", "2025-03-12T11:15:33+01:00 1.000 GET /a 200",
      1_741_774_532_000_000
    ),
  ])
  func `times are normalised to the request's start`(definition: String, line: String, start: Int64) throws {
    let format = try #require(LogFormat.definitions(in: definition).first)
    let reading = LogReading(line, as: format)
    #expect(reading.problems.map(\.why) == [])
    #expect(reading.exchanges.first?.startedAt == start)
  }

  @Test
  func `HAProxy's captured headers get their names from the user`() throws {
    let format = LogFormat.haproxy(
      request: [.origin, .accessControlRequestMethod],
      response: [.accessControlAllowOrigin, .accessControlAllowMethods])
    let line =
      #"Mar 12 10:15:32 lb1 haproxy[811]: 2001:db8::7:51844 [12/Mar/2025:10:15:32.413] fe be/s1 0/0/0/3/3 204 243 - - ---- 12/4/0/0/0 0/0 {https://app.example.com|PUT} {|GET, PUT} "OPTIONS /v2/orders/81 HTTP/1.1""#
    let exchange = try #require(LogReading(line, as: format).exchanges.first)
    #expect(exchange.client == "2001:db8::7")
    #expect(exchange.field("origin") == "https://app.example.com")
    #expect(exchange.field("access-control-request-method") == "PUT")
    #expect(exchange.field("res:access-control-allow-origin") == "")
    #expect(exchange.field("res:access-control-allow-methods") == "GET, PUT")
    #expect(exchange.response.duplicates == .lastOnly)
  }

  @Test
  func `JSON of one's own with members named by the user`() throws {
    let format = LogFormat.json(members: [(.request(.origin), "ctx.who"), (.status, "ctx.result")])
    let line =
      #"{"time":"2025-03-12T10:15:32Z","method":"GET","url":"/a","ctx":{"who":"https://app.example.com","result":200}}"#
    let exchange = try #require(LogReading(line, as: format).exchanges.first)
    #expect(exchange.field("origin") == "https://app.example.com")
    #expect(exchange.status == 200)
  }

  @Test
  func `a log's #Fields may change in the middle`() {
    let reading = LogReading(
      """
      #Fields: date time c-ip cs-method cs-uri-stem sc-status
      2025-03-12 10:15:32 10.0.0.1 GET /a 200
      #Fields: date time cs-method cs-uri-stem sc-status Origin
      2025-03-12 10:15:33 PUT /b 201 https://app.example.com
      """, as: LogFormatCatalogue.all.first { $0.name == "w3c" } ?? LogFormatCatalogue.all[0])
    #expect(reading.exchanges.map(\.method) == ["GET", "PUT"])
    #expect(reading.exchanges.map(\.client) == ["10.0.0.1", nil])
    #expect(reading.exchanges.map { $0.field("origin") } == [nil, "https://app.example.com"])
  }
}
