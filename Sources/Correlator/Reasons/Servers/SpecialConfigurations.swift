/// Configuration for the two faults that no list of allowed values mends.
extension Reason.Configuration {
  /// Leaves one writer of `Access-Control-Allow-Origin`.
  static let singleWriter: [Reason.Configuration] = [
    .init(
      .nginx,
      """
      # keep nginx's add_header, drop the application's field
      proxy_hide_header Access-Control-Allow-Origin;
      """),
    .init(
      .apache,
      """
      # the application's field is in another table than "always": remove it there, set it once here
      Header unset Access-Control-Allow-Origin
      Header always set Access-Control-Allow-Origin "https://app.example.com" \
      "expr=%{HTTP:Origin} == 'https://app.example.com'"
      """),
    .init(
      .caddy,
      """
      reverse_proxy app:8080 {
          header_down -Access-Control-Allow-Origin
      }
      """),
    .init(
      .haproxy,
      """
      # then set it once, in http-after-response
      http-response del-header Access-Control-Allow-Origin
      """),
    .init(
      .envoy,
      """
      # route: drops the application's field before the CORS filter writes its own
      response_headers_to_remove: ["access-control-allow-origin"]
      """),
    .init(
      .iis,
      """
      <!-- web.config: no fixed field beside the CORS module's or the application's -->
      <httpProtocol><customHeaders>
        <remove name="Access-Control-Allow-Origin" />
      </customHeaders></httpProtocol>
      """),
    .init(.express, "// one app.use(cors(…)), and no res.setHeader(\"Access-Control-Allow-Origin\", …) beside it"),
    .init(.spring, "// http.cors(…) alone, without a filter of your own that writes the same field"),
    .init(.cloudFront, "\"OriginOverride\": true  // response headers policy: replaces the origin's field"),
  ]

  /// Answers preflights before anything that redirects, authenticates or routes.
  static let preflightFirst: [Reason.Configuration] = [
    .init(
      .nginx,
      """
      # first in the location, beside its add_header lines; a "return 301" of the server block belongs
      # into a location of its own, for it runs before
      if ($request_method = OPTIONS) { return 204; }
      """),
    .init(
      .apache,
      """
      # above every other RewriteRule
      RewriteCond %{REQUEST_METHOD} =OPTIONS
      RewriteCond %{HTTP:Access-Control-Request-Method} .
      RewriteRule ^ - [R=204,L]
      <LimitExcept OPTIONS>
          Require valid-user
      </LimitExcept>
      """),
    .init(
      .caddy,
      """
      @preflight {
          method OPTIONS
          header Access-Control-Request-Method *
      }
      route {
          respond @preflight 204
          # redir, basic_auth, forward_auth: below
      }
      """),
    .init(
      .haproxy,
      """
      # above http-request auth, redirect and deny
      http-request return status 204 if METH_OPTIONS { req.hdr(Access-Control-Request-Method) -m found }
      """),
    .init(.envoy, "# http_filters: envoy.filters.http.cors above jwt_authn, ext_authz, oauth2 and the router"),
    .init(.iis, "<cors enabled=\"true\">…</cors>  <!-- the CORS module answers preflights before authentication -->"),
    .init(.express, "app.use(cors(options));   // above the session, authentication and redirect middleware"),
    .init(.spring, "http.cors(Customizer.withDefaults());   // its filter runs before authentication"),
    .init(
      .django,
      """
      # above SecurityMiddleware and CommonMiddleware, which redirect to https and to the trailing slash
      MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]
      """),
    .init(
      .fastAPI,
      """
      app = FastAPI(redirect_slashes=False)
      app.add_middleware(CORSMiddleware, …)   # added last: the outermost, outside authentication
      """),
    .init(.aspNET, "app.UseCors();   // before UseHttpsRedirection, UseAuthentication and UseAuthorization"),
    .init(.rails, "config.middleware.insert_before 0, Rack::Cors   # before ActionDispatch::SSL and Warden"),
    .init(
      .apiGateway, "# OPTIONS: a method of its own, AuthorizationType NONE, ApiKeyRequired false, MOCK integration"),
    .init(.cloudFront, "# ViewerProtocolPolicy redirect-to-https redirects preflights too: call the https address"),
  ]
}
