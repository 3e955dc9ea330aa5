import Fetch

/// The servers, frameworks and services for which configuration is written.
package enum ServerProduct: String, CaseIterable, Sendable {
  case nginx
  case apache = "Apache"
  case caddy = "Caddy"
  case haproxy = "HAProxy"
  case envoy = "Envoy"
  case iis = "IIS"
  case express = "Express"
  case spring = "Spring"
  case django = "Django"
  case fastAPI = "FastAPI"
  case aspNET = "ASP.NET"
  case rails = "Rails"
  case apiGateway = "API Gateway"
  case s3 = "S3"
  case cloudFront = "CloudFront"

  /// The product that a `Server` field names; `nil` where it names none of these.
  package init?(server: String) {
    let name = server.asciiLowercased()
    guard let found = ServerProduct.tokens.first(where: { name.contains($0.token) }) else { return nil }
    self = found.product
  }

  /// In the order in which they are looked for: Tomcat's old name holds Apache's.
  private static let tokens: [(token: String, product: ServerProduct)] = [
    ("openresty", .nginx), ("tengine", .nginx), ("nginx", .nginx), ("apache-coyote", .spring), ("apache", .apache),
    ("caddy", .caddy), ("haproxy", .haproxy), ("envoy", .envoy), ("microsoft-iis", .iis), ("kestrel", .aspNET),
    ("microsoft-httpapi", .aspNET), ("uvicorn", .fastAPI), ("wsgiserver", .django), ("puma", .rails),
    ("webrick", .rails), ("phusion passenger", .rails), ("amazons3", .s3), ("cloudfront", .cloudFront),
  ]
}

extension Reason {
  /// The configuration for the server that was seen, for the failing request's own origin, method and header names; `nil`
  /// where the server is not known, or where no configuration of it mends this reason.
  package func configuration(for context: FixContext) -> Configuration? {
    guard let product = context.server.flatMap({ ServerProduct(server: $0) }),
      let sample = configurations.first(where: { $0.server == product.rawValue })
    else { return nil }
    // The general samples are rewritten for the request at hand; the special ones hold nothing to fill in.
    let isGeneral = [false, true].contains {
      sample.lines == Configuration.allowing(CORSPolicy(credentials: $0), on: product).lines
    }
    return isGeneral ? .allowing(CORSPolicy(context), on: product) : sample
  }
}
