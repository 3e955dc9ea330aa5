/// What to add to a server's configuration so that its log holds all CORS evidence it can, and what its lines then look like.
package struct LogConfiguration: Sendable {
  /// What the user types: `log-config nginx`.
  package var server: String
  /// Whether the server can log CORS headers at all; where it cannot, the text says so and what to do instead.
  package var isPossible = true
  package var text: String
  /// Lines that a server with this configuration writes: read without a word of configuration.
  package var samples: [LogSample] = []

  package static let all: [LogConfiguration] = servers + proxies + clouds

  package static func configuration(for server: String) -> LogConfiguration? { all.first { $0.server == server } }

  /// What every sample below is about, as far as its server can log it.
  static let evidence = [
    "client": "203.0.113.7", "method": "OPTIONS", "status": "204", "origin": "https://app.example.com",
    "access-control-request-method": "PUT", "res:access-control-allow-origin": "https://app.example.com",
    "res:vary": "Origin",
  ]
}
