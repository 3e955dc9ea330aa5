/// Who asks what of whom, whatever came of it.
package struct Subject: Hashable, Sendable {
  package var origin: String
  package var endpoint: String
  package var method: String

  package init(origin: String, endpoint: String, method: String) {
    self.origin = origin
    self.endpoint = endpoint
    self.method = method
  }

  package init(_ identity: ProblemIdentity) {
    self.init(origin: identity.origin, endpoint: identity.endpoint, method: identity.method)
  }
}
