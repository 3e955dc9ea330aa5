import Evidence
import Fetch

/// What a server's log leaves to be assumed, whatever headers it shows: beside one of these nothing is certain.
enum LogAssumptions {
  static func of(_ scene: Scene) -> [Fact] {
    guard scene.profile.kind == .log, let exchange = scene.request ?? scene.preflight else { return [] }
    let asked = exchange.request
    var facts: [Fact] = []
    if scene.engine == nil, asked.isPresent(.userAgent) != nil {
      facts.append(Fact("user agent", "taken for a browser's, though it names none", from: "inference"))
    }
    // A page can ask for OPTIONS by itself.
    if scene.request == nil, asked.isPresent(.accessControlRequestMethod) == nil {
      facts.append(Fact("preflight", "taken for one: whether it announces a method is not logged", from: "inference"))
    }
    // No browser speaks HTTP/1.0; nginx does to what is behind it.
    if exchange.httpVersion == .http10 || namesProxy(asked.list) {
      facts.append(
        Fact("answer", "assumed to reach the browser as it was logged: a proxy stood in front", from: "inference"))
    }
    return facts
  }

  /// Whether the server was asked by a proxy, which may add CORS fields of its own, or take the server's away.
  private static func namesProxy(_ headers: HeaderList) -> Bool {
    headers.fields.contains { field in
      switch field.known {
      case .via, .xForwardedFor: return true
      case _?: return false
      case nil:
        let name = field.name.asciiLowercased()
        return name.hasPrefix("x-forwarded-") || name == "forwarded" || name == "x-real-ip"
      }
    }
  }
}
