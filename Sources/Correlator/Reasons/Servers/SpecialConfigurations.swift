/// Configuration for the two faults that depend on its place too: it allows what it always does, and says where it belongs.
extension Reason.Configuration {
  /// Leaves one writer of the CORS headers.
  static func singleWriter(_ policy: CORSPolicy) -> [Reason.Configuration] { allowing(policy, placed: onlyWriter) }

  /// Answers preflights before anything that redirects, authenticates or routes.
  static func preflightFirst(_ policy: CORSPolicy) -> [Reason.Configuration] { allowing(policy, placed: first) }

  private static func allowing(
    _ policy: CORSPolicy, placed places: [ServerProduct: String]
  ) -> [Reason.Configuration] {
    ServerProduct.allCases.map { product in
      var configuration = allowing(policy, on: product)
      if let place = places[product] { configuration.lines = place + "\n" + configuration.lines }
      return configuration
    }
  }

  private static let onlyWriter: [ServerProduct: String] = [
    .nginx: "# in place of every other add_header Access-Control-… of this location",
    .apache: "# in place of every other Header … Access-Control-…, in .htaccess files too",
    .caddy: "# in place of every other header Access-Control-…",
    .haproxy: "# in place of every other line about Access-Control-…",
    .envoy: """
    # route: drops the application's field before the CORS filter writes its own
    response_headers_to_remove: ["access-control-allow-origin"]
    """,
    .iis: "<!-- in place of every Access-Control-… of httpProtocol/customHeaders, and of the application's own -->",
    .express: "// no res.setHeader(…) beside it, and no proxy in front that adds the field",
    .spring: "// no filter of your own or @CrossOrigin beside it, and no proxy in front that adds the field",
    .django: "# no view or proxy in front of it that adds the field too",
    .fastAPI: "# no second add_middleware(CORSMiddleware, …), and no proxy in front that adds the field",
    .aspNET: "// no Response.Headers.Append beside it, and no customHeaders of IIS in front",
    .rails: "# no response.headers[…] beside it, and no proxy in front that adds the field",
    .cloudFront: "// OriginOverride replaces the origin's own field",
  ]

  private static let first: [ServerProduct: String] = [
    .nginx: """
    # the part for location { } stands first in it; a "return 301" of the server block runs before and belongs into
    # a location of its own
    """,
    .apache: """
    # above every other RewriteRule, in the server's own file: rules of .htaccess run after the login, and need
    # <LimitExcept OPTIONS> around its Require
    """,
    .caddy: "# within route { }, above redir, basic_auth and forward_auth: only there lines run in this order",
    .haproxy: "# above every http-request auth, redirect and deny",
    .envoy: "# above jwt_authn, ext_authz and oauth2",
    .express: "// above the session and redirect middleware too",
    .django: "# above SecurityMiddleware and CommonMiddleware, which redirect to https and to the trailing slash",
    .aspNET: "// app.UseCors() before UseHttpsRedirection too",
    .rails: "# before ActionDispatch::SSL and Warden",
    .apiGateway: "# REST API: OPTIONS as a method of its own, AuthorizationType NONE, ApiKeyRequired false, MOCK",
    .cloudFront: "// ViewerProtocolPolicy redirect-to-https redirects preflights too: call the https address",
  ]
}
