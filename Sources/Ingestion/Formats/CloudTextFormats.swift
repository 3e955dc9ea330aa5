import Evidence
import Fetch

/// Text formats of cloud services.
extension LogFormat {
  static let cloudText: [LogFormat] = [
    LogFormat(
      "alb", title: "AWS Application Load Balancer",
      layout: .text(
        LogPattern(
          #"<-> <end> <-> <client-and-port> <-> <-> <-> <-> <status> <-> <-> <-> "<request>" "<user-agent>" <-> <-> <-> "<->" "<->" "<->" <-> <start> <...>"#
        )), escaping: .backslash, timeMeaning: .end,
      samples: [
        LogSample(
          #"https 2025-03-12T10:15:32.418211Z app/api/50dc6c495c0c9188 203.0.113.7:51844 10.0.1.7:8080 0.000 0.004 0.000 204 204 412 310 "OPTIONS https://api.example.com:443/v2/orders/81 HTTP/2.0" "Mozilla/5.0 (Macintosh)" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/api/73e2 "Root=1-67d15f84-4e1f" "api.example.com" "arn:x" 1 2025-03-12T10:15:32.413000Z "forward" "-" "-" "10.0.1.7:8080" "204" "-" "-" TID_1234"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "https://api.example.com:443/v2/orders/81",
            "status": "204", "start": "1741774532413000", "end": "1741774532418211",
          ])
      ]
    ).with {
      $0.configuration = "alb"
      $0.cannotShow = ["Headers are never logged, and can not be configured to be."]
    },
    LogFormat(
      "api-gateway-clf", title: "AWS API Gateway, CLF as its console proposes it",
      layout: .text(LogPattern(#"<client> <-> <user> [<time>]"<request>" <status> <-> <-><...>"#)),
      escaping: .backslash, timeMeaning: .start,
      samples: [
        LogSample(
          #"203.0.113.7 - - [12/Mar/2025:10:15:32 +0000]"OPTIONS /v2/orders/{id} HTTP/1.1" 403 23 c6af9ac6-7b61-11e6"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/{id}", "status": "403",
            "start": "1741774532000000",
          ])
      ]
    ).with {
      $0.configuration = "api-gateway"
      $0.cannotShow = [
        "There is no variable for a header of one's choice: no CORS header can be logged.",
        "Of the address its route alone is logged, unless $context.path is.",
      ]
    },
    LogFormat(
      "s3", title: "AWS S3 server access log",
      layout: .text(
        LogPattern(
          #"<-> <-> [<time>] <client> <-> <-> <-> <-> "<request>" <status> <-> <-> <-> <duration> <-> "<referer>" "<user-agent>" <-> <-> <-> <-> <-> <host> <...>"#
        )), escaping: .backslash, timeMeaning: .start,
      samples: [
        LogSample(
          #"79a5 assets [12/Mar/2025:10:15:32 +0000] 203.0.113.7 - 3E57427F3EXAMPLE REST.OPTIONS.PREFLIGHT - "OPTIONS /assets/logo.svg HTTP/1.1" 403 AccessForbidden 305 - 5 - "https://app.example.com/" "Mozilla/5.0 (X11)" - s9lz= - TLS_AES_128_GCM_SHA256 - assets.s3.eu-west-1.amazonaws.com TLSv1.3 - -"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/assets/logo.svg", "status": "403",
            "host": "assets.s3.eu-west-1.amazonaws.com", "duration": "5000",
          ])
      ]
    ).with {
      $0.durationUnit = .milliseconds
      $0.cannotShow = [
        "No CORS header is logged.", "Delivery is best effort and hours late: a missing line proves nothing.",
      ]
    },
  ]

  static let columns: [LogFormat] = [
    LogFormat(
      "w3c", title: "W3C extended: IIS, CloudFront, columns named by #Fields", layout: .columns, escaping: .plus,
      timeMeaning: .end,
      samples: [
        LogSample(
          """
          #Software: Microsoft Internet Information Services 10.0
          #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken Origin ACRM ACAO
          2025-03-12 10:15:32 10.0.0.5 OPTIONS /v2/orders/81 a=1 443 - 203.0.113.7 Mozilla/5.0+(Windows+NT+10.0) https://app.example.com/ 204 0 0 3 https://app.example.com PUT https://app.example.com
          """,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81?a=1", "status": "204",
            "user-agent": "Mozilla/5.0 (Windows NT 10.0)", "origin": "https://app.example.com", "duration": "3000",
            "access-control-request-method": "PUT", "res:access-control-allow-origin": "https://app.example.com",
            "end": "1741774532000000", "start": "1741774531997000",
          ]),
        LogSample(
          "#Version: 1.0\n"
            + "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken\n"
            + "2025-03-12\t10:15:32\tFRA56-P4\t310\t203.0.113.7\tOPTIONS\td111.cloudfront.net\t/v2/orders/81\t403\thttps://app.example.com/\tMozilla/5.0%20(X11)\t-\t-\tError\tk9==\tapi.example.com\thttps\t120\t0.004",
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "https://api.example.com/v2/orders/81",
            "host": "api.example.com", "status": "403", "user-agent": "Mozilla/5.0 (X11)", "duration": "4000",
          ]),
      ]
    ).with {
      $0.configuration = "iis"
      // Between spaces an empty value cannot stand: it is written as an absent one is.
      $0.confusesEmptyWithAbsent = true
      $0.cannotShow = ["Only the columns that #Fields names are there."]
    }
  ]

  static let applicationText: [LogFormat] = [
    LogFormat(
      "express", title: "morgan as `log-config express` sets it",
      layout: .text(
        LogPattern(
          #"<time> <client> "<method> <target>" <status> <duration> "<origin>" "<access-control-request-method>" "<access-control-allow-origin>" "<access-control-allow-methods>" "<user-agent>""#
        )), escaping: .none, timeMeaning: .end,
      samples: [
        LogSample(
          #"2025-03-12T10:15:32.418Z 203.0.113.7 "OPTIONS /v2/orders/81" 204 1.204 "https://app.example.com" "PUT" "https://app.example.com" "GET,PUT" "Mozilla/5.0 (X11)""#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "204",
            "origin": "https://app.example.com", "access-control-request-method": "PUT",
            "res:access-control-allow-methods": "GET,PUT", "duration": "1204",
          ])
      ]
    ).with {
      $0.durationUnit = .milliseconds
      $0.duplicates = .joined
      $0.configuration = "express"
      $0.cannotShow = ["Where cors() stands before morgan(), preflights never reach the log."]
    },
    LogFormat(
      "tomcat", title: "Tomcat or Spring with an ISO time, Origin and Access-Control-Allow-Origin",
      layout: .text(
        LogPattern(
          #"<client> <-> <user> <time> "<request>" <status> <-> "<referer>" "<user-agent>" "<origin>" "<access-control-request-method>" "<access-control-allow-origin>" <->"#
        )), escaping: .backslash, timeMeaning: .start,
      samples: [
        LogSample(
          #"203.0.113.7 - - 2025-03-12T10:15:32.413+00:00 "OPTIONS /v2/orders/81 HTTP/1.1" 403 20 "https://app.example.com/" "Mozilla/5.0 (X11)" "https://app.example.com" "PUT" "-" 2113"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "status": "403", "origin": "https://app.example.com",
            "res:access-control-allow-origin": "", "start": "1741774532413000",
          ])
      ]
    ).with {
      $0.duplicates = .joined
      $0.configuration = "tomcat"
      $0.cannotShow = [
        "Whether the duration is in milliseconds (9 and older) or microseconds (10 and newer) is not logged."
      ]
    },
  ]
}
