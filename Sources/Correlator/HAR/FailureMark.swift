import Evidence

/// What an exporter's own words for a failed request mean.
enum FailureMark: Equatable {
  /// A failure of which the exporter names no cause: how Chromium marks every refusal by CORS.
  case generic
  /// Words that only a refusal by CORS gets, and the reasons that they can stand for; none where they tell nothing of it.
  case cors([ReasonKey])
  /// No answer from the network: refused, DNS, TLS, reset, broken HTTP.
  case transport
  /// A redirect that was refused whatever its headers said.
  case redirect
  /// The page or the user gave up.
  case aborted
  /// Something other than CORS refused: an extension, CSP, mixed content, ORB, CORP, local network access.
  case policy

  init(_ text: String) {
    switch text {
    case "net::ERR_FAILED", "NS_ERROR_FAILURE", "Load failed": self = .generic
    case "NS_ERROR_DOM_BAD_URI": self = .cors([])
    // The last is mitmproxy's word.
    case "net::ERR_ABORTED", "NS_BINDING_ABORTED", "cancelled", "Cancelled", "Client disconnected.": self = .aborted
    case "net::ERR_TOO_MANY_REDIRECTS", "net::ERR_UNSAFE_REDIRECT", "net::ERR_INVALID_REDIRECT",
      "NS_ERROR_REDIRECT_LOOP":
      self = .redirect
    case "", "csp", "mixed-content", "origin", "inspector", "subresource-filter": self = .policy
    default:
      if text.hasPrefix("net::ERR_BLOCKED_BY_") || text.hasPrefix("NS_ERROR_CONTENT_BLOCKED") {
        self = .policy
      } else if let reason = FailureMark.webKitReason(text) {
        self = reason
      } else {
        self = .transport
      }
    }
  }

  /// WebKit's console sentences, which Playwright keeps (`CrossOriginAccessControl.cpp`).
  private static func webKitReason(_ text: String) -> FailureMark? {
    let sentences: [(String, [ReasonKey])] = [
      ("is not allowed by Access-Control-Allow-Origin", [.missingAllowOrigin, .allowOriginNotMatchingOrigin]),
      ("Cannot use wildcard in Access-Control-Allow-Origin", [.notSupportingCredentials]),
      ("Access-Control-Allow-Origin cannot contain more than one origin", [.multipleAllowOriginNotAllowed]),
      ("Access-Control-Allow-Credentials is not", [.missingAllowCredentials]),
      ("Preflight response is not successful", [.preflightDidNotSucceed]),
      ("Access-Control-Allow-Methods has an invalid value", [.invalidAllowMethod]),
      ("Access-Control-Allow-Headers has an invalid value", [.invalidAllowHeader]),
      ("is not allowed by Access-Control-Allow-Methods", [.methodNotFound]),
      ("is not allowed by Access-Control-Allow-Headers", [.missingAllowHeaderFromPreflight]),
      ("access control checks", []), ("Cross-Origin Resource Sharing policy", []),
    ]
    return sentences.first { text.contains($0.0) }.map { .cors($0.1) }
  }
}

extension Exchange {
  /// Whether the network failed, in a browser's own words.
  var brokeOff: Bool {
    guard case .failed(let text) = outcome, FailureMark(text) == .transport else { return false }
    return text.hasPrefix("net::ERR_") || text.hasPrefix("NS_ERROR_NET_")
  }

  /// The exporter's words for this failure, read; `nil` where it marks none.
  var failureMark: FailureMark? { if case .failed(let text) = outcome { FailureMark(text) } else { nil } }

  var failureText: String? { if case .failed(let text) = outcome { text } else { nil } }

  /// Whether a recorder that marks failures shows neither one nor an answer: it ended before the request did.
  var isPending: Bool { outcome == .succeeded && !wasAnswered }
}
