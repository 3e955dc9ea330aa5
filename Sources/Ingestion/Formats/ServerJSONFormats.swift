import Evidence
import Fetch

/// JSON that servers and proxies write.
extension LogFormat {
  static let serverJSON: [LogFormat] = [
    LogFormat(
      "caddy", title: "Caddy's access log",
      layout: .json(
        JSONMapping(
          [
            "ts": .endTime, "duration": .duration, "status": .status, "request.remote_ip": .peer,
            "request.client_ip": .client, "request.remote_port": .clientPort, "request.proto": .protocolVersion,
            "request.method": .method, "request.host": .host, "request.uri": .target,
            "request.headers": .requestHeaders, "resp_headers": .responseHeaders,
          ], signature: ["request.method", "request.uri", "resp_headers", "status"])), escaping: .json,
      timeMeaning: .end,
      samples: [
        LogSample(
          #"{"level":"info","ts":1741774532.4182,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"203.0.113.7","remote_port":"51844","proto":"HTTP/2.0","method":"OPTIONS","host":"api.example.com","uri":"/v2/orders/81","headers":{"Origin":["https://app.example.com"],"Access-Control-Request-Method":["PUT"],"Cookie":[]}},"user_id":"","duration":0.0047,"size":0,"status":204,"resp_headers":{"Access-Control-Allow-Origin":["https://app.example.com","*"],"Vary":["Origin"]}}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "204",
            "host": "api.example.com", "origin": "https://app.example.com", "duration": "4700",
            "res:access-control-allow-origin": "https://app.example.com, *", "end": "1741774532418200",
          ])
      ]
    ).with {
      $0.durationUnit = .seconds
      $0.duplicates = .kept
      $0.configuration = "caddy"
      $0.cannotShow = ["Cookie and Authorization are blacked out; that they were sent is shown."]
    },
    LogFormat(
      "traefik", title: "Traefik's JSON",
      layout: .json(
        JSONMapping(
          [
            "clientaddr": .ignored, "clienthost": .client, "clientport": .clientPort, "duration": .duration,
            "downstreamstatus": .status, "requesthost": .host, "requestmethod": .method, "requestpath": .target,
            "requestprotocol": .protocolVersion, "requestscheme": .scheme, "startutc": .startTime, "time": .time,
          ].merging(headers(request: "request_", response: "downstream_")) { $1 },
          signature: ["requestmethod", "requestpath", "downstreamstatus"], omitsAbsent: true)), escaping: .json,
      timeMeaning: .end,
      samples: [
        LogSample(
          #"{"ClientAddr":"203.0.113.7:51844","ClientHost":"203.0.113.7","Duration":4700000,"DownstreamStatus":204,"RequestMethod":"OPTIONS","RequestPath":"/v2/orders/81","RequestHost":"api.example.com","StartUTC":"2025-03-12T10:15:32.4135Z","request_Origin":"https://app.example.com","origin_Access-Control-Allow-Origin":"*","downstream_Access-Control-Allow-Origin":"https://app.example.com","level":"info","msg":"","time":"2025-03-12T10:15:32Z"}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "status": "204", "origin": "https://app.example.com",
            "res:access-control-allow-origin": "https://app.example.com", "duration": "4700",
            "start": "1741774532413500",
          ])
      ]
    ).with {
      $0.durationUnit = .nanoseconds
      $0.duplicates = .joined
      $0.configuration = "traefik"
      $0.cannotShow = [
        "Headers are dropped unless kept by name; one that no line has is taken for not logged.",
        "filters.statusCodes and filters.minDuration may have removed preflights.",
      ]
    },
    LogFormat(
      "pino-http", title: "pino-http (Node)",
      layout: .json(
        JSONMapping(
          [
            "time": .time, "responsetime": .duration, "req.method": .method, "req.url": .target,
            "req.remoteaddress": .client, "req.remoteport": .clientPort, "req.headers": .requestHeaders,
            "res.statuscode": .status, "res.headers": .responseHeaders, "req.headers.host": .host,
          ], signature: ["req.method", "req.url", "res.statuscode"])), escaping: .json, timeMeaning: .end,
      samples: [
        LogSample(
          #"{"level":30,"time":1741774532418,"pid":7,"hostname":"api-1","req":{"id":1,"method":"OPTIONS","url":"/v2/orders/81","query":{},"params":{},"headers":{"host":"api.example.com","origin":"https://app.example.com","access-control-request-method":"PUT"},"remoteAddress":"::ffff:10.0.0.9","remotePort":51844},"res":{"statusCode":204,"headers":{"access-control-allow-origin":"https://app.example.com","vary":"Origin"}},"responseTime":4,"msg":"request completed"}"#,
          [
            "client": "10.0.0.9", "method": "OPTIONS", "status": "204", "origin": "https://app.example.com",
            "host": "api.example.com", "res:vary": "Origin", "duration": "4000", "end": "1741774532418000",
          ])
      ]
    ).with {
      $0.durationUnit = .milliseconds
      $0.duplicates = .kept
      $0.configuration = "pino"
    },
  ]

  /// JSON of one's own making, its members told by the names that people use.
  package static let genericJSON = LogFormat(
    "json", title: "JSON lines, members told by their names", layout: .json(JSONMapping([:], usesSynonyms: true)),
    escaping: .json, timeMeaning: .unknown,
    samples: [
      LogSample(
        #"{"t_end":1741774532.418,"dur":0.006,"ip":"203.0.113.7","conn":8123,"host":"api.example.com","m":"OPTIONS","u":"/v2/orders/81","p":"HTTP/2.0","st":204,"ref":"","origin":"https://app.example.com","acrm":"PUT","acrh":"authorization","acao":"","acma":"600"}"#,
        [
          "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "204",
          "connection": "8123", "duration": "6000", "res:access-control-max-age": "600",
          "res:access-control-allow-origin": "", "start": "1741774532412000",
        ]),
      LogSample(
        #"{"t":1741774532.413000,"dur_ms":5,"peer":"203.0.113.7:51844","m":"OPTIONS","host":"api.example.com","u":"/v2","st":200,"origin":"https://app.example.com","acrm":"PUT","acao":null}"#,
        ["client": "203.0.113.7", "duration": "5000", "status": "200", "res:access-control-allow-origin": ""]),
    ]
  ).with {
    $0.confusesEmptyWithAbsent = true
    $0.configuration = "nginx"
  }

  /// Members that are a header's name behind a prefix.
  static func headers(request: String, response: String) -> [String: LogField] {
    var members: [String: LogField] = [:]
    for field in KnownField.allCases {
      members[request + field.name] = .request(field)
      members[response + field.name] = .response(field)
    }
    return members
  }
}
