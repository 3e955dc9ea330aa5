import Evidence
import Fetch

/// JSON that cloud services and edges write.
extension LogFormat {
  private static let noHeaders = "No CORS header is logged, and none can be."

  static let cloudJSON: [LogFormat] = [
    LogFormat(
      "cloudflare", title: "Cloudflare Logpush",
      layout: .json(
        JSONMapping(
          [
            "clientip": .client, "clientsrcport": .clientPort, "clientrequestmethod": .method,
            "clientrequesthost": .host, "clientrequesturi": .target, "clientrequestscheme": .scheme,
            "clientrequestprotocol": .protocolVersion, "clientrequestreferer": .request(.referer),
            "clientrequestuseragent": .request(.userAgent), "edgestarttimestamp": .startTime,
            "edgeendtimestamp": .endTime, "edgeresponsestatus": .status,
          ].merging(headers(request: "requestheaders.", response: "responseheaders.")) { $1 },
          signature: ["clientrequestmethod", "clientrequesturi", "edgeresponsestatus"], omitsAbsent: true)),
      escaping: .json, timeMeaning: .start,
      samples: [
        LogSample(
          #"{"ClientIP":"203.0.113.7","ClientSrcPort":51844,"ClientRequestMethod":"OPTIONS","ClientRequestHost":"api.example.com","ClientRequestURI":"/v2/orders/81","EdgeStartTimestamp":1741774532413000000,"EdgeEndTimestamp":1741774532418000000,"EdgeResponseStatus":204,"RayID":"91f0","RequestHeaders":{"origin":"https://app.example.com","access-control-request-method":"PUT"},"ResponseHeaders":{"access-control-allow-origin":"https://app.example.com"}}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "status": "204", "origin": "https://app.example.com",
            "res:access-control-allow-origin": "https://app.example.com", "duration": "5000",
            "start": "1741774532413000",
          ])
      ]
    ).with {
      $0.duplicates = .joined
      $0.configuration = "cloudflare"
      $0.cannotShow = ["Headers are there only where a custom-fields rule names them."]
    },
    LogFormat(
      "gcp-lb", title: "Google Cloud load balancer",
      layout: .json(
        JSONMapping(
          [
            "timestamp": .time, "httprequest.requestmethod": .method, "httprequest.requesturl": .target,
            "httprequest.status": .status, "httprequest.useragent": .request(.userAgent),
            "httprequest.remoteip": .client, "httprequest.referer": .request(.referer),
            "httprequest.latency": .duration, "httprequest.protocol": .protocolVersion,
          ], signature: ["httprequest.requestmethod", "httprequest.requesturl"])), escaping: .json,
      timeMeaning: .start,
      samples: [
        LogSample(
          #"{"resource":{"type":"http_load_balancer"},"timestamp":"2025-03-12T10:15:32.413Z","httpRequest":{"requestMethod":"OPTIONS","requestUrl":"https://api.example.com/v2/orders/81","status":204,"userAgent":"Mozilla/5.0 (X11)","remoteIp":"203.0.113.7","referer":"https://app.example.com/","latency":"0.004s"},"jsonPayload":{"statusDetails":"response_sent_by_backend"}}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "https://api.example.com/v2/orders/81",
            "status": "204", "duration": "4000", "referer": "https://app.example.com/",
          ])
      ]
    ).with {
      $0.durationUnit = .seconds
      $0.cannotShow = [noHeaders, "A sample rate below 1 drops halves of pairs."]
    },
    LogFormat(
      "azure", title: "Azure Application Gateway and Front Door",
      layout: .json(
        JSONMapping(
          [
            "time": .time, "timestamp": .time, "properties.clientip": .client, "properties.clientport": .clientPort,
            "properties.httpmethod": .method, "properties.requesturi": .target, "properties.requestquery": .query,
            "properties.useragent": .request(.userAgent), "properties.referer": .request(.referer),
            "properties.httpstatus": .status, "properties.httpstatuscode": .status,
            "properties.timetaken": .duration, "properties.host": .host, "properties.httpversion": .protocolVersion,
          ], signature: ["properties.httpmethod", "properties.requesturi"])), escaping: .json, timeMeaning: .end,
      samples: [
        LogSample(
          #"{"time":"2025-03-12T10:15:32Z","category":"ApplicationGatewayAccessLog","properties":{"clientIP":"203.0.113.7","clientPort":-,"httpMethod":"OPTIONS","requestUri":"/v2/orders/81","userAgent":"Mozilla/5.0 (X11)","httpStatus":405,"timeTaken":0.004,"host":"api.example.com"}}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "405",
            "host": "api.example.com", "duration": "4000",
          ])
      ]
    ).with {
      $0.durationUnit = .seconds
      $0.cannotShow = [noHeaders]
    },
    LogFormat(
      "cloudfront-v2", title: "CloudFront standard logging v2, JSON",
      layout: .json(
        JSONMapping(
          [
            "date": .date, "time": .clock, "timestamp": .time, "timestamp(ms)": .time, "c-ip": .client,
            "c-port": .clientPort, "cs-method": .method, "cs-uri-stem": .path, "cs-uri-query": .query,
            "sc-status": .status, "x-host-header": .host, "cs-protocol": .scheme, "time-taken": .duration,
            "cs(referer)": .request(.referer), "cs(user-agent)": .request(.userAgent),
            "cs-protocol-version": .protocolVersion,
          ], signature: ["cs-method", "cs-uri-stem", "sc-status"])), escaping: .json, timeMeaning: .end,
      samples: [
        LogSample(
          #"{"timestamp(ms)":"1741774532418","c-ip":"203.0.113.7","cs-method":"OPTIONS","cs-uri-stem":"/v2/orders/81","sc-status":"403","x-host-header":"api.example.com","cs-protocol":"https","cs(Referer)":"https://app.example.com/","time-taken":"0.004","x-edge-detailed-result-type":"InvalidRequestMethod"}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "https://api.example.com/v2/orders/81",
            "status": "403", "end": "1741774532418000", "duration": "4000",
          ])
      ]
    ).with {
      $0.durationUnit = .seconds
      $0.cannotShow = ["Response headers are never logged.", "Delivery is up to a day late, and best effort."]
    },
    apiGateway("api-gateway", title: "AWS API Gateway access log", signature: ["res", "st", "path", "err"]).with {
      $0.samples = [
        LogSample(
          #"{"id":"c6af9ac6-7b61-11e6","ip":"203.0.113.7","t":"1741774532413","m":"OPTIONS","path":"/prod/v2/orders/81","res":"/v2/orders/{id}","st":"403","ua":"Mozilla/5.0 (X11)","lat":"4","err":"MISSING_AUTHENTICATION_TOKEN"}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/prod/v2/orders/81", "status": "403",
            "start": "1741774532413000", "duration": "4000",
          ])
      ]
    },
    apiGateway(
      "api-gateway-json", title: "AWS API Gateway, JSON as its console proposes it",
      signature: ["requestid", "requesttime", "httpmethod", "status"]
    ).with {
      $0.samples = [
        LogSample(
          #"{"requestId":"c6af9ac6-7b61-11e6","ip":"203.0.113.7","requestTime":"12/Mar/2025:10:15:32 +0000","httpMethod":"OPTIONS","routeKey":"OPTIONS /v2/orders/{id}","status":"403","protocol":"HTTP/1.1","responseLength":"23"}"#,
          [
            "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/{id}", "status": "403",
            "start": "1741774532000000", "protocol": "HTTP/1.1",
          ]),
        LogSample(
          #"{ "requestId":"c6af9ac6-7b61-11e6", "ip": "203.0.113.7", "caller":"-", "user":"-", "requestTime":"12/Mar/2025:10:15:32 +0000", "httpMethod":"OPTIONS", "resourcePath":"/v2/orders/{id}", "status":"403", "protocol":"HTTP/1.1", "responseLength":"23" }"#,
          ["client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/{id}", "status": "403"]),
      ]
      $0.cannotShow.append("Of the address its route alone is logged, unless $context.path is.")
    },
  ]

  private static func apiGateway(_ name: String, title: String, signature: [String]) -> LogFormat {
    LogFormat(
      name, title: title,
      layout: .json(
        JSONMapping(
          [
            "requesttimeepoch": .time, "requesttime": .time, "sourceip": .client, "routekey": .route,
            "resourcepath": .route, "domainname": .host, "responselatency": .duration, "lat": .duration,
            "err": .ignored, "id": .ignored, "res": .ignored, "int": .ignored, "t": .time,
          ], usesSynonyms: true, signature: signature)),
      escaping: .json, timeMeaning: .start
    ).with {
      $0.durationUnit = .milliseconds
      $0.configuration = "api-gateway"
      $0.cannotShow = ["There is no variable for a header of one's choice: no CORS header can be logged."]
    }
  }
}
