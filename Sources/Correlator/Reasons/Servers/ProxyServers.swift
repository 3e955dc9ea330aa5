extension Reason.Configuration {
  static func nginx(_ policy: CORSPolicy) -> String {
    """
    # in http { }: origins not listed get an empty value, and nginx leaves empty fields out
    map $http_origin $cors_origin {
        default "";
        "\(policy.origin)" $http_origin;
    }
    # in location { }: all together, for one such line at a level hides those of the level above
    # what an application behind writes is dropped: one layer alone writes these
    \(written(policy, "proxy_hide_header ", ";"))
    add_header Access-Control-Allow-Origin $cors_origin always;
    \(withCredentials(policy, "add_header Access-Control-Allow-Credentials true always;"))\
    add_header Access-Control-Allow-Methods "\(policy.methodList)" always;
    add_header Access-Control-Allow-Headers "\(policy.headerList)" always;
    add_header Vary Origin always;
    if ($request_method = OPTIONS) { return 204; }
    """
  }

  static func apache(_ policy: CORSPolicy) -> String {
    let condition = "\"expr=%{HTTP:Origin} == '\(policy.origin)'\""
    return """
      # needs mod_headers and mod_rewrite; "always" covers error answers, and has a table of its own: what an application
      # behind writes is in the other, and is dropped, so that one layer alone writes these
      \(written(policy, "Header unset "))
      Header always set Access-Control-Allow-Origin "\(policy.origin)" \(condition)
      \(withCredentials(policy, "Header always set Access-Control-Allow-Credentials \"true\" \(condition)"))\
      Header always set Access-Control-Allow-Methods "\(policy.methodList)"
      Header always set Access-Control-Allow-Headers "\(policy.headerList)"
      Header always merge Vary "Origin"
      RewriteEngine On
      RewriteCond %{REQUEST_METHOD} =OPTIONS
      RewriteCond %{HTTP:Access-Control-Request-Method} .
      RewriteRule ^ - [R=204,L]
      """
  }

  static func caddy(_ policy: CORSPolicy) -> String {
    """
    @cors header Origin \(policy.origin)
    header @cors {
        Access-Control-Allow-Origin "\(policy.origin)"
    \(withCredentials(policy, "    Access-Control-Allow-Credentials true"))\
        Access-Control-Allow-Methods "\(policy.methodList)"
        Access-Control-Allow-Headers "\(policy.headerList)"
    }
    header +Vary Origin
    @preflight {
        method OPTIONS
        header Access-Control-Request-Method *
    }
    respond @preflight 204
    # where an application stands behind, in its reverse_proxy { }: one layer alone writes these
    # header_down -Access-Control-Allow-*
    """
  }

  static func haproxy(_ policy: CORSPolicy) -> String {
    let allowed = "if { var(txn.cors) -m found }"
    return """
      # in the frontend; http-after-response also reaches the answers that HAProxy makes itself (2.2 and later)
      http-request set-var(txn.cors) req.fhdr(Origin) if { req.fhdr(Origin) -m str \(policy.origin) }
      http-request return status 204 if METH_OPTIONS { req.hdr(Access-Control-Request-Method) -m found }
      http-after-response set-header Access-Control-Allow-Origin "%[var(txn.cors)]" \(allowed)
      \(withCredentials(policy, "http-after-response set-header Access-Control-Allow-Credentials true \(allowed)"))\
      http-after-response set-header Access-Control-Allow-Methods "\(policy.methodList)" \(allowed)
      http-after-response set-header Access-Control-Allow-Headers "\(policy.headerList)" \(allowed)
      http-after-response add-header Vary Origin
      """
  }

  static func envoy(_ policy: CORSPolicy) -> String {
    """
    # http_filters: before authentication and before the router
    - name: envoy.filters.http.cors
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors
    # virtual host or route
    typed_per_filter_config:
      envoy.filters.http.cors:
        "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
        allow_origin_string_match:
        - exact: "\(policy.origin)"
        allow_methods: "\(policy.methodList)"
        allow_headers: "\(policy.headerList)"
        allow_credentials: \(policy.credentials)
    """
  }

  static func iis(_ policy: CORSPolicy) -> String {
    let methods = policy.methods.map { "<add method=\"\($0)\" />" }.joined()
    let headers = policy.headers.map { "<add header=\"\($0)\" />" }.joined()
    return """
      <!-- web.config, with the IIS CORS module; it answers before authentication -->
      <system.webServer>
        <cors enabled="true">
          <add origin="\(policy.origin)" allowCredentials="\(policy.credentials)">
            <allowMethods>\(methods)</allowMethods>
            <allowHeaders>\(headers)</allowHeaders>
          </add>
        </cors>
      </system.webServer>
      """
  }

  /// A line for each field that the policy writes.
  private static func written(_ policy: CORSPolicy, _ before: String, _ after: String = "") -> String {
    let names = ["Origin"] + (policy.credentials ? ["Credentials"] : []) + ["Methods", "Headers"]
    return names.map { "\(before)Access-Control-Allow-\($0)\(after)" }.joined(separator: "\n")
  }
}
