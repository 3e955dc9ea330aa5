extension LogConfiguration {
  static let clouds: [LogConfiguration] = [
    LogConfiguration(
      server: "cloudflare",
      text: #"""
        A rule in the zone's ruleset of the phase http_log_custom_fields; then choose RequestHeaders and ResponseHeaders in the Logpush job:
        {"expression":"true","action":"log_custom_field","action_parameters":{
          "request_fields":[{"name":"origin"},{"name":"access-control-request-method"},{"name":"access-control-request-headers"},{"name":"sec-fetch-mode"}],
          "response_fields":[{"name":"access-control-allow-origin"},{"name":"access-control-allow-credentials"},{"name":"access-control-allow-methods"},{"name":"access-control-allow-headers"},{"name":"access-control-max-age"},{"name":"vary"}]}}
        """#,
      samples: [
        LogSample(
          #"{"ClientIP":"203.0.113.7","ClientSrcPort":51844,"ClientRequestMethod":"OPTIONS","ClientRequestHost":"api.example.com","ClientRequestURI":"/v2/orders/81","EdgeStartTimestamp":1741774532413000000,"EdgeEndTimestamp":1741774532418000000,"EdgeResponseStatus":204,"RayID":"91f0","RequestHeaders":{"origin":"https://app.example.com","access-control-request-method":"PUT"},"ResponseHeaders":{"access-control-allow-origin":"https://app.example.com","vary":"Origin"}}"#,
          evidence)
      ]),
    LogConfiguration(
      server: "fastly",
      text: #"""
        The log format of a logging endpoint (VCL services):
        {"start":"%{time.start.usec}V","duration_us":"%{time.elapsed.usec}V","client":"%{req.http.Fastly-Client-IP}V","host":"%{json.escape(req.http.Host)}V","method":"%{json.escape(req.method)}V","request_uri":"%{json.escape(req.url)}V","status":"%{resp.status}V","referer":"%{json.escape(req.http.Referer)}V","user_agent":"%{json.escape(req.http.User-Agent)}V","origin":"%{json.escape(req.http.Origin)}V","acrm":"%{json.escape(req.http.Access-Control-Request-Method)}V","acrh":"%{json.escape(req.http.Access-Control-Request-Headers)}V","acao":"%{json.escape(resp.http.Access-Control-Allow-Origin)}V","acac":"%{json.escape(resp.http.Access-Control-Allow-Credentials)}V","acam":"%{json.escape(resp.http.Access-Control-Allow-Methods)}V","acah":"%{json.escape(resp.http.Access-Control-Allow-Headers)}V","acma":"%{json.escape(resp.http.Access-Control-Max-Age)}V","vary":"%{json.escape(resp.http.Vary)}V"}
        """#,
      samples: [
        LogSample(
          #"{"start":"1741774532413000","duration_us":"5000","client":"203.0.113.7","host":"api.example.com","method":"OPTIONS","request_uri":"/v2/orders/81","status":"204","referer":"","user_agent":"Mozilla/5.0 (X11)","origin":"https://app.example.com","acrm":"PUT","acrh":"","acao":"https://app.example.com","acac":"","acam":"PUT","acah":"","acma":"","vary":"Origin"}"#,
          evidence.merging(["duration": "5000", "start": "1741774532413000"]) { $1 })
      ]),
    LogConfiguration(
      server: "api-gateway", isPossible: false,
      text: #"""
        API Gateway has no variable for a header of one's choice: CORS headers can not be logged. The most that its log can hold:
        {"id":"$context.requestId","ip":"$context.identity.sourceIp","t":"$context.requestTimeEpoch","m":"$context.httpMethod","path":"$context.path","res":"$context.resourcePath","st":"$context.status","ua":"$context.identity.userAgent","dom":"$context.domainName","lat":"$context.responseLatency","err":"$context.error.responseType"}
        Log the headers in the integration behind it, and join by the request's id.
        """#,
      samples: [
        LogSample(
          #"{"id":"c6af9ac6","ip":"203.0.113.7","t":"1741774532413","m":"OPTIONS","path":"/prod/v2/orders/81","res":"/v2/orders/{id}","st":"403","ua":"Mozilla/5.0 (X11)","dom":"x.execute-api.eu-west-1.amazonaws.com","lat":"4","err":"MISSING_AUTHENTICATION_TOKEN"}"#,
          ["client": "203.0.113.7", "method": "OPTIONS", "status": "403", "start": "1741774532413000"])
      ]),
    LogConfiguration(
      server: "alb", isPossible: false,
      text:
        "An Application Load Balancer logs no headers, and can not be configured to. Log them in the service behind it, and join by X-Amzn-Trace-Id."
    ),
    LogConfiguration(
      server: "s3", isPossible: false,
      text:
        "S3 logs no CORS headers, and can not be configured to. A preflight shows as REST.OPTIONS.PREFLIGHT with its status; put CloudFront with real-time logs in front for the rest."
    ),
    LogConfiguration(
      server: "cloudfront", isPossible: false,
      text:
        "CloudFront never logs response headers. Real-time logs with the field cs-headers hold the request's, cut at 800 bytes; log the answers in the origin behind it."
    ),
    LogConfiguration(
      server: "gcp", isPossible: false,
      text:
        "Google Cloud's load balancer logs no CORS headers. Set sampleRate to 1, and log the headers in the backend."
    ),
    LogConfiguration(
      server: "azure", isPossible: false,
      text:
        "Application Gateway and Front Door log no CORS headers, and can not be configured to. Log them in the backend behind them."
    ),
  ]
}
