extension LogConfiguration {
  static let proxies: [LogConfiguration] = [
    LogConfiguration(
      server: "haproxy",
      text: #"""
        # In the frontend. HAProxy writes the last of several equal headers; req.fhdr is the whole value, where req.hdr ends at a comma.
        log 127.0.0.1:514 len 8192 local0
        declare capture request len 256
        http-request capture req.fhdr(Origin) len 256
        http-request capture req.fhdr(Access-Control-Request-Method) len 32
        http-request capture req.fhdr(Access-Control-Request-Headers) len 512
        http-request capture req.fhdr(Sec-Fetch-Mode) len 32
        http-request capture req.fhdr(Referer) len 256
        http-request capture req.fhdr(User-Agent) len 256
        http-request capture req.fhdr(Host) len 256
        http-request capture req.fhdr(X-Forwarded-For) len 256
        capture response header Access-Control-Allow-Origin len 256
        capture response header Access-Control-Allow-Credentials len 16
        capture response header Access-Control-Allow-Methods len 256
        capture response header Access-Control-Allow-Headers len 512
        capture response header Access-Control-Max-Age len 16
        capture response header Vary len 128
        log-format '{"start":%Ts.%ms,"duration_ms":%Ta,"client":"%ci","client_port":%cp,"method":"%[capture.req.method,json(utf8s)]","request_uri":"%[capture.req.uri,json(utf8s)]","status":%ST,"origin":"%[capture.req.hdr(1),json(utf8s)]","acrm":"%[capture.req.hdr(2),json(utf8s)]","acrh":"%[capture.req.hdr(3),json(utf8s)]","sec_fetch_mode":"%[capture.req.hdr(4),json(utf8s)]","referer":"%[capture.req.hdr(5),json(utf8s)]","user_agent":"%[capture.req.hdr(6),json(utf8s)]","host":"%[capture.req.hdr(7),json(utf8s)]","xff":"%[capture.req.hdr(8),json(utf8s)]","acao":"%[capture.res.hdr(0),json(utf8s)]","acac":"%[capture.res.hdr(1),json(utf8s)]","acam":"%[capture.res.hdr(2),json(utf8s)]","acah":"%[capture.res.hdr(3),json(utf8s)]","acma":"%[capture.res.hdr(4),json(utf8s)]","vary":"%[capture.res.hdr(5),json(utf8s)]"}'
        """#,
      samples: [
        LogSample(
          #"<134>Mar 12 10:15:32 haproxy[811]: {"start":1741774532.413,"duration_ms":3,"client":"203.0.113.7","client_port":51844,"method":"OPTIONS","request_uri":"/v2/orders/81","status":204,"origin":"https://app.example.com","acrm":"PUT","acrh":"","sec_fetch_mode":"cors","referer":"","user_agent":"Mozilla/5.0 (X11)","host":"api.example.com","acao":"https://app.example.com","acac":"","acam":"PUT","acah":"","acma":"","vary":"Origin"}"#,
          evidence.merging(["start": "1741774532413000", "duration": "3000"]) { $1 })
      ]),
    LogConfiguration(
      server: "traefik",
      text: """
        accessLog:
          format: json
          fields:
            headers:
              defaultMode: drop
              names:
                Origin: keep
                Referer: keep
                User-Agent: keep
                Sec-Fetch-Mode: keep
                Sec-Fetch-Site: keep
                Cookie: redact
                Authorization: redact
                Access-Control-Request-Method: keep
                Access-Control-Request-Headers: keep
                Access-Control-Allow-Origin: keep
                Access-Control-Allow-Credentials: keep
                Access-Control-Allow-Methods: keep
                Access-Control-Allow-Headers: keep
                Access-Control-Max-Age: keep
                Vary: keep
        """,
      samples: [
        LogSample(
          #"{"ClientAddr":"203.0.113.7:51844","ClientHost":"203.0.113.7","Duration":4700000,"DownstreamStatus":204,"RequestMethod":"OPTIONS","RequestPath":"/v2/orders/81","RequestHost":"api.example.com","StartUTC":"2025-03-12T10:15:32.4135Z","request_Origin":"https://app.example.com","request_Access-Control-Request-Method":"PUT","request_Cookie":"REDACTED","downstream_Access-Control-Allow-Origin":"https://app.example.com","downstream_Vary":"Origin","level":"info","msg":"","time":"2025-03-12T10:15:32Z"}"#,
          evidence.merging(["cookie": "redacted"]) { $1 })
      ]),
    LogConfiguration(
      server: "envoy",
      text: """
        access_log:
        - name: envoy.access_loggers.file
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
            path: /var/log/envoy/cors.json
            log_format:
              json_format:
                start: "%START_TIME(%s.%6f)%"
                duration_ms: "%DURATION%"
                client: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"
                connection: "%CONNECTION_ID%"
                scheme: "%REQ(:SCHEME)%"
                host: "%REQ(:AUTHORITY)%"
                method: "%REQ(:METHOD)%"
                request_uri: "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"
                protocol: "%PROTOCOL%"
                status: "%RESPONSE_CODE%"
                referer: "%REQ(REFERER)%"
                user_agent: "%REQ(USER-AGENT)%"
                origin: "%REQ(ORIGIN)%"
                acrm: "%REQ(ACCESS-CONTROL-REQUEST-METHOD)%"
                acrh: "%REQ(ACCESS-CONTROL-REQUEST-HEADERS)%"
                sec_fetch_mode: "%REQ(SEC-FETCH-MODE)%"
                acao: "%RESP(ACCESS-CONTROL-ALLOW-ORIGIN)%"
                acac: "%RESP(ACCESS-CONTROL-ALLOW-CREDENTIALS)%"
                acam: "%RESP(ACCESS-CONTROL-ALLOW-METHODS)%"
                acah: "%RESP(ACCESS-CONTROL-ALLOW-HEADERS)%"
                acma: "%RESP(ACCESS-CONTROL-MAX-AGE)%"
                vary: "%RESP(VARY)%"
        """,
      samples: [
        LogSample(
          #"{"start":"1741774532.413000","duration_ms":5,"client":"203.0.113.7","connection":12,"scheme":"https","host":"api.example.com","method":"OPTIONS","request_uri":"/v2/orders/81","protocol":"HTTP/2","status":204,"referer":null,"user_agent":"Mozilla/5.0 (X11)","origin":"https://app.example.com","acrm":"PUT","acrh":null,"sec_fetch_mode":"cors","acao":"https://app.example.com","acac":null,"acam":"PUT","acah":null,"acma":null,"vary":"Origin"}"#,
          evidence.merging(["start": "1741774532413000"]) { $1 })
      ]),
  ]
}
