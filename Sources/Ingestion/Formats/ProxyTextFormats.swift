import Evidence
import Fetch

/// Text formats of proxies.
extension LogFormat {
  static let proxyText: [LogFormat] = [
    LogFormat(
      "envoy", title: "Envoy's default text, also Istio's",
      layout: .text(
        LogPattern(
          #"[<time>] "<method> <target> <protocol>" <status> <-> <-> <-> <duration> <-> "<client>" "<user-agent>" "<->" "<host>" "<->"<...>"#
        )), escaping: .backslash, timeMeaning: .start,
      samples: [
        LogSample(
          #"[2025-03-12T10:15:32.413Z] "OPTIONS /v2/orders/81 HTTP/2" 200 - 0 0 5 - "203.0.113.7" "Mozilla/5.0 (X11)" "7d2c" "api.example.com" "-""#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "200",
            "host": "api.example.com", "duration": "5000", "start": "1741774532413000",
          ])
      ]
    ).with(envoy),
    LogFormat(
      "istio", title: "Istio's default text",
      layout: .text(
        LogPattern(
          #"[<time>] "<method> <target> <protocol>" <status> <-> <-> <-> "<->" <-> <-> <duration> <-> "<client>" "<user-agent>" "<->" "<host>" "<->"<...>"#
        )), escaping: .backslash, timeMeaning: .start,
      samples: [
        LogSample(
          #"[2025-03-12T10:15:32.413Z] "OPTIONS /v2/orders/81 HTTP/1.1" 200 - via_upstream - "-" 0 0 5 4 "203.0.113.7" "Mozilla/5.0 (X11)" "7d2c" "api.example.com" "10.0.1.7:8080" inbound|8080|| 127.0.0.6:1 10.0.1.7:8080 203.0.113.7:0 - default"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "status": "200", "duration": "5000",
            "host": "api.example.com",
          ])
      ]
    ).with(envoy),
    haproxy(request: [], response: []), haproxyRaw, haproxy(request: [], response: []).withHandshake,
    haproxyRaw.withHandshake,
    LogFormat(
      "traefik-clf", title: "Traefik's common log",
      layout: .text(
        LogPattern(
          #"<client> - <user> [<time>] "<request>" <status> <-> "<referer>" "<user-agent>" <-> "<->" "<->" <duration>"#)
      ),
      escaping: .backslash, timeMeaning: .start,
      samples: [
        LogSample(
          #"203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "OPTIONS /v2/orders/81 HTTP/2.0" 204 0 "-" "-" 12 "api@docker" "http://10.0.1.7:8080" 4ms"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "status": "204", "duration": "4000",
            "start": "1741774532000000",
          ])
      ]
    ).with {
      $0.durationUnit = .milliseconds
      $0.configuration = "traefik"
      $0.cannotShow = ["Referer and user agent are dropped unless headers are kept; no other header is ever there."]
    },
  ]

  private static func envoy(_ format: inout LogFormat) {
    format.durationUnit = .milliseconds
    format.duplicates = .firstOnly
    format.configuration = "envoy"
    format.cannotShow = ["No Referer and no CORS header is logged.", "A status of 0 means that the client went away."]
  }
}
