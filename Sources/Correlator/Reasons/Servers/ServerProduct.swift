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

  /// The product that a user names, in whatever case and with whatever between its words: `api-gateway`, `asp.net`, `ingress-nginx`.
  package init?(named name: String) {
    func letters(_ text: String) -> [UInt8] {
      text.asciiLowercased().utf8.filter { $0.isASCIIAlpha || $0.isASCIIDigit }
    }
    let wanted = letters(name)
    if let found = ServerProduct.allCases.first(where: { letters($0.rawValue) == wanted }) {
      self = found
    } else {
      self.init(server: name)
    }
  }

  /// In the order in which they are looked for: Tomcat's old name holds Apache's.
  private static let tokens: [(token: String, product: ServerProduct)] = [
    ("openresty", .nginx), ("tengine", .nginx), ("nginx", .nginx), ("apache-coyote", .spring), ("apache", .apache),
    ("caddy", .caddy), ("haproxy", .haproxy), ("envoy", .envoy), ("microsoft-iis", .iis), ("kestrel", .aspNET),
    ("microsoft-httpapi", .aspNET), ("uvicorn", .fastAPI), ("wsgiserver", .django), ("puma", .rails),
    ("webrick", .rails), ("phusion passenger", .rails), ("amazons3", .s3), ("cloudfront", .cloudFront),
  ]
}
