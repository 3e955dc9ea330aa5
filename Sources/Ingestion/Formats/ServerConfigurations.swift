extension LogConfiguration {
  static let servers: [LogConfiguration] = [
    LogConfiguration(
      server: "nginx",
      text: #"""
        # In the http block. Cookies and credentials are logged as present, never with their values.
        map $http_cookie $cors_cookie { "" ""; default REDACTED; }
        map $http_authorization $cors_authorization { "" ""; default REDACTED; }
        log_format cors escape=json
          '{"msec":$msec,"request_time":$request_time,"remote_addr":"$remote_addr","connection":$connection,'
          '"scheme":"$scheme","host":"$http_host","method":"$request_method","request_uri":"$request_uri",'
          '"protocol":"$server_protocol","status":$status,"referer":"$http_referer","user_agent":"$http_user_agent",'
          '"xff":"$http_x_forwarded_for",'
          '"origin":"$http_origin","acrm":"$http_access_control_request_method",'
          '"acrh":"$http_access_control_request_headers","content_type":"$http_content_type",'
          '"sec_fetch_mode":"$http_sec_fetch_mode","sec_fetch_site":"$http_sec_fetch_site",'
          '"sec_fetch_storage_access":"$http_sec_fetch_storage_access","cookie":"$cors_cookie",'
          '"authorization":"$cors_authorization","acao":"$sent_http_access_control_allow_origin",'
          '"acac":"$sent_http_access_control_allow_credentials","acam":"$sent_http_access_control_allow_methods",'
          '"acah":"$sent_http_access_control_allow_headers","acma":"$sent_http_access_control_max_age",'
          '"aceh":"$sent_http_access_control_expose_headers","vary":"$sent_http_vary","location":"$sent_http_location"}';
        access_log /var/log/nginx/cors.json cors;
        """#),
    LogConfiguration(
      server: "ingress-nginx",
      text: #"""
        # In the controller's ConfigMap.
        log-format-escape-json: "true"
        log-format-upstream: '{"msec":$msec,"request_time":$request_time,"remote_addr":"$remote_addr","scheme":"$scheme","host":"$http_host","method":"$request_method","request_uri":"$request_uri","status":$status,"referer":"$http_referer","user_agent":"$http_user_agent","xff":"$http_x_forwarded_for","origin":"$http_origin","acrm":"$http_access_control_request_method","acrh":"$http_access_control_request_headers","sec_fetch_mode":"$http_sec_fetch_mode","acao":"$sent_http_access_control_allow_origin","acac":"$sent_http_access_control_allow_credentials","acam":"$sent_http_access_control_allow_methods","acah":"$sent_http_access_control_allow_headers","acma":"$sent_http_access_control_max_age","vary":"$sent_http_vary"}'
        """#,
      samples: [
        LogSample(
          #"{"msec":1741774532.418,"request_time":0.004,"remote_addr":"203.0.113.7","scheme":"https","host":"api.example.com","method":"OPTIONS","request_uri":"/v2/orders/81","status":204,"referer":"","user_agent":"Mozilla/5.0 (X11)","origin":"https://app.example.com","acrm":"PUT","acrh":"","sec_fetch_mode":"cors","acao":"https://app.example.com","acac":"","acam":"PUT","acah":"","acma":"","vary":"Origin"}"#,
          evidence)
      ]),
    LogConfiguration(
      server: "apache",
      text: #"""
        # Cookies and credentials are logged as present, never with their values (mod_setenvif).
        SetEnvIf Cookie . CORS_COOKIE=REDACTED
        SetEnvIf Authorization . CORS_AUTHORIZATION=REDACTED
        LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" start=%{begin:usec}t duration_us=%D host=\"%{Host}i\" xff=\"%{X-Forwarded-For}i\" origin=\"%{Origin}i\" acrm=\"%{Access-Control-Request-Method}i\" acrh=\"%{Access-Control-Request-Headers}i\" content_type=\"%{Content-Type}i\" sec_fetch_mode=\"%{Sec-Fetch-Mode}i\" sec_fetch_site=\"%{Sec-Fetch-Site}i\" cookie=\"%{CORS_COOKIE}e\" authorization=\"%{CORS_AUTHORIZATION}e\" acao=\"%{Access-Control-Allow-Origin}o\" acac=\"%{Access-Control-Allow-Credentials}o\" acam=\"%{Access-Control-Allow-Methods}o\" acah=\"%{Access-Control-Allow-Headers}o\" acma=\"%{Access-Control-Max-Age}o\" aceh=\"%{Access-Control-Expose-Headers}o\" vary=\"%{Vary}o\" location=\"%{Location}o\"" cors
        CustomLog ${APACHE_LOG_DIR}/cors.log cors
        """#),
    LogConfiguration(
      server: "caddy",
      text: """
        # Caddy logs all header fields both ways of itself: in the site's block
        log {
          output file /var/log/caddy/access.json
        }
        """,
      samples: [
        LogSample(
          #"{"level":"info","ts":1741774532.4182,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"203.0.113.7","remote_port":"51844","client_ip":"203.0.113.7","proto":"HTTP/2.0","method":"OPTIONS","host":"api.example.com","uri":"/v2/orders/81","headers":{"Origin":["https://app.example.com"],"Access-Control-Request-Method":["PUT"]},"tls":{"resumed":false}},"bytes_read":0,"user_id":"","duration":0.0047,"size":0,"status":204,"resp_headers":{"Vary":["Origin"],"Access-Control-Allow-Origin":["https://app.example.com"]}}"#,
          evidence)
      ]),
    LogConfiguration(
      server: "iis",
      text: """
        <!-- In applicationHost.config, in the site's element; IIS 8.5 and newer, W3C format. -->
        <logFile logFormat="W3C" logExtFileFlags="Date, Time, ClientIP, Method, UriStem, UriQuery, HttpStatus, HttpSubStatus, TimeTaken, UserAgent, Referer, Host, ProtocolVersion">
          <customFields>
            <add logFieldName="X-Forwarded-For" sourceName="X-Forwarded-For" sourceType="RequestHeader" />
            <add logFieldName="Origin" sourceName="Origin" sourceType="RequestHeader" />
            <add logFieldName="ACRM" sourceName="Access-Control-Request-Method" sourceType="RequestHeader" />
            <add logFieldName="ACRH" sourceName="Access-Control-Request-Headers" sourceType="RequestHeader" />
            <add logFieldName="Sec-Fetch-Mode" sourceName="Sec-Fetch-Mode" sourceType="RequestHeader" />
            <add logFieldName="ACAO" sourceName="Access-Control-Allow-Origin" sourceType="ResponseHeader" />
            <add logFieldName="ACAC" sourceName="Access-Control-Allow-Credentials" sourceType="ResponseHeader" />
            <add logFieldName="ACAM" sourceName="Access-Control-Allow-Methods" sourceType="ResponseHeader" />
            <add logFieldName="ACAH" sourceName="Access-Control-Allow-Headers" sourceType="ResponseHeader" />
            <add logFieldName="ACMA" sourceName="Access-Control-Max-Age" sourceType="ResponseHeader" />
            <add logFieldName="Vary" sourceName="Vary" sourceType="ResponseHeader" />
          </customFields>
        </logFile>
        """,
      samples: [
        LogSample(
          """
          #Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs-version cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus time-taken Origin ACRM ACRH Sec-Fetch-Mode ACAO ACAC ACAM ACAH ACMA Vary
          2025-03-12 10:15:32 OPTIONS /v2/orders/81 - 203.0.113.7 HTTP/2 Mozilla/5.0+(X11) - api.example.com 204 0 3 https://app.example.com PUT - cors https://app.example.com - PUT - - Origin
          """, evidence)
      ]),
    LogConfiguration(
      server: "express",
      text: """
        // Before cors(), or preflights never reach the log.
        const header = (value) => (Array.isArray(value) ? value.join(', ') : value ?? '');
        app.use(morgan((tokens, req, res) => JSON.stringify({
          time: new Date().toISOString(), duration_ms: Number(tokens['response-time'](req, res) ?? 0),
          client: req.ip, scheme: req.protocol, host: req.headers.host ?? '', method: req.method, url: req.originalUrl,
          status: res.statusCode, referer: req.headers.referer ?? '', user_agent: req.headers['user-agent'] ?? '',
          xff: req.headers['x-forwarded-for'] ?? '',
          origin: req.headers.origin ?? '', acrm: req.headers['access-control-request-method'] ?? '',
          acrh: req.headers['access-control-request-headers'] ?? '', sec_fetch_mode: req.headers['sec-fetch-mode'] ?? '',
          cookie: req.headers.cookie ? 'REDACTED' : '',
          acao: header(res.getHeader('access-control-allow-origin')),
          acac: header(res.getHeader('access-control-allow-credentials')),
          acam: header(res.getHeader('access-control-allow-methods')),
          acah: header(res.getHeader('access-control-allow-headers')),
          acma: header(res.getHeader('access-control-max-age')), vary: header(res.getHeader('vary')),
        })));
        """,
      samples: [
        LogSample(
          #"{"time":"2025-03-12T10:15:32.418Z","duration_ms":1.204,"client":"::ffff:203.0.113.7","scheme":"https","host":"api.example.com","method":"OPTIONS","url":"/v2/orders/81","status":204,"referer":"","user_agent":"Mozilla/5.0 (X11)","origin":"https://app.example.com","acrm":"PUT","acrh":"","sec_fetch_mode":"cors","cookie":"","acao":"https://app.example.com","acac":"","acam":"PUT","acah":"","acma":"","vary":"Origin"}"#,
          evidence.merging(["duration": "1204"]) { $1 })
      ]),
    LogConfiguration(
      server: "pino",
      text: """
        // pino-http logs all header fields both ways of itself; keep secrets out:
        app.use(pinoHttp({ redact: { paths: ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'], censor: '[Redacted]' } }));
        """,
      samples: [
        LogSample(
          #"{"level":30,"time":1741774532418,"pid":7,"hostname":"api-1","req":{"id":1,"method":"OPTIONS","url":"/v2/orders/81","headers":{"host":"api.example.com","cookie":"[Redacted]","origin":"https://app.example.com","access-control-request-method":"PUT"},"remoteAddress":"203.0.113.7","remotePort":51844},"res":{"statusCode":204,"headers":{"access-control-allow-origin":"https://app.example.com","vary":"Origin"}},"responseTime":4,"msg":"request completed"}"#,
          evidence.merging(["cookie": "redacted"]) { $1 })
      ]),
    LogConfiguration(
      server: "tomcat",
      text: #"""
        # Spring Boot's application.properties; for Tomcat itself the pattern of AccessLogValve.
        server.tomcat.accesslog.enabled=true
        server.tomcat.accesslog.pattern=%h %l %u %t "%r" %s %b "%{Referer}i" "%{User-Agent}i" start=%{begin:msec}t host="%{Host}i" xff="%{X-Forwarded-For}i" origin="%{Origin}i" acrm="%{Access-Control-Request-Method}i" acrh="%{Access-Control-Request-Headers}i" sec_fetch_mode="%{Sec-Fetch-Mode}i" acao="%{Access-Control-Allow-Origin}o" acac="%{Access-Control-Allow-Credentials}o" acam="%{Access-Control-Allow-Methods}o" acah="%{Access-Control-Allow-Headers}o" acma="%{Access-Control-Max-Age}o" vary="%{Vary}o"
        """#,
      samples: [
        LogSample(
          #"203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "OPTIONS /v2/orders/81 HTTP/1.1" 204 - "-" "Mozilla/5.0 (X11)" start=1741774532413 host="api.example.com" origin="https://app.example.com" acrm="PUT" acrh="-" sec_fetch_mode="cors" acao="https://app.example.com" acac="-" acam="PUT" acah="-" acma="-" vary="Origin""#,
          evidence.merging(["start": "1741774532413000"]) { $1 })
      ]),
  ]
}
