import Evidence
import Fetch

/// The NCSA family: what nginx, Apache and many others write unless told otherwise.
extension LogFormat {
  private static let noHeaders =
    "No CORS header is logged: the Referer stands in for the origin, and whether an answer allowed it is not known."

  static let commonLog: [LogFormat] = [
    LogFormat(
      "ingress-nginx", title: "Kubernetes ingress-nginx (upstreaminfo)",
      layout: .text(
        LogPattern(
          #"<client> - <user> [<time>] "<request>" <status> <-> "<referer>" "<user-agent>" <-> <duration> [<->] [<->] <-> <-> <-> <-> <->"#
        )), escaping: .backslash, timeMeaning: .end,
      samples: [
        LogSample(
          #"203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "OPTIONS /v2/orders/81 HTTP/2.0" 204 0 "https://app.example.com/" "Mozilla/5.0 (X11)" 37 0.004 [shop-api-80] [] 10.0.1.7:8080 0 0.004 204 0b6c"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "204",
            "duration": "4000", "referer": "https://app.example.com/", "end": "1741774532000000",
          ])
      ]
    ).with {
      $0.durationUnit = .seconds
      $0.duplicates = .firstOnly
      $0.configuration = "nginx"
      $0.cannotShow = [noHeaders, "The path is decoded and rewritten, and has no query."]
    },
    LogFormat(
      "vhost_combined", title: "NCSA combined with the virtual host in front",
      layout: .text(
        LogPattern(
          #"<host> <client> <-> <user> [<time>] "<request>" <status> <-> "<referer>" "<user-agent>"<...>"#)),
      escaping: .backslash, timeMeaning: .unknown,
      samples: [
        LogSample(
          #"api.example.com:443 203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "OPTIONS /v2/orders/81 HTTP/2.0" 204 0 "https://app.example.com/" "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0""#,
          [
            "host": "api.example.com:443", "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81",
            "status": "204",
          ])
      ]
    ).with {
      $0.duplicates = .firstOnly
      $0.configuration = "apache"
      $0.cannotShow = [noHeaders]
    },
    LogFormat(
      "combined", title: "NCSA combined: nginx's and Apache's default, with name=value pairs behind it if any",
      layout: .text(
        LogPattern(#"<client> <-> <user> [<time>] "<request>" <status> <-> "<referer>" "<user-agent>"<...>"#)),
      escaping: .backslash, timeMeaning: .unknown,
      samples: [
        LogSample(
          #"203.0.113.7 - - [12/Mar/2025:10:15:32 +0100] "PUT /v2/orders/81?x=1 HTTP/1.1" 200 17 "https://app.example.com/" "Mozilla/5.0 (X11)""#,
          [
            "client": "203.0.113.7", "method": "PUT", "target": "/v2/orders/81?x=1", "status": "200",
            "end": "1741770932000000", "user-agent": "Mozilla/5.0 (X11)", "protocol": "HTTP/1.1",
          ]),
        LogSample(
          #"::1 - jane doe [12/Mar/2025:10:15:32 +0000] "OPTIONS /sp ace HTTP/1.1" 403 - "-" "Mozilla/5.0 \"quoted\" \x22" host="api.example.com" origin="https://app.example.com" acrm="PUT" acao="-" rt=0.250"#,
          [
            "client": "::1", "method": "OPTIONS", "target": "/sp ace", "status": "403",
            "origin": "https://app.example.com",
            "user-agent": #"Mozilla/5.0 "quoted" ""#, "host": "api.example.com", "duration": "250000",
            "access-control-request-method": "PUT", "start": "1741774531750000",
            "res:access-control-allow-origin": "",
          ]),
      ]
    ).with {
      $0.duplicates = .firstOnly
      $0.configuration = "nginx"
      $0.cannotShow = [noHeaders]
    },
    LogFormat(
      "common", title: "NCSA common: no Referer, no user agent",
      layout: .text(LogPattern(#"<client> <-> <user> [<time>] "<request>" <status> <-><...>"#)),
      escaping: .backslash, timeMeaning: .unknown,
      samples: [
        LogSample(
          #"203.0.113.7 - frank [10/Oct/2000:13:55:36 -0700] "OPTIONS /apache_pb.gif HTTP/1.0" 200 2326"#,
          ["client": "203.0.113.7", "method": "OPTIONS", "status": "200", "end": "971211336000000"])
      ]
    ).with {
      $0.configuration = "apache"
      $0.cannotShow = [
        "Neither an origin nor a Referer is logged: which site asked is not known."
      ]
    },
  ]

  static let logfmt = LogFormat(
    "logfmt", title: "name=value pairs (logfmt)", layout: .text(LogPattern("<...>")), escaping: .backslash,
    timeMeaning: .unknown,
    samples: [
      LogSample(
        #"time=2025-03-12T10:15:32.418Z level=info method=OPTIONS path=/v2/orders/81 status=204 duration=4ms remote_ip=203.0.113.7 origin="https://app.example.com" acrm=PUT acao="https://app.example.com""#,
        [
          "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "204", "duration": "4000",
          "origin": "https://app.example.com", "res:access-control-allow-origin": "https://app.example.com",
        ])
    ]
  ).with {
    // A logger that has no value writes an empty text.
    $0.confusesEmptyWithAbsent = true
  }
}
