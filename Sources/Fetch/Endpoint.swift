import Scanning

/// An endpoint: a target with ids and other variable path parts folded, the query left out.
package enum Endpoint {
  /// `https://api.example.com/users/{id}`; for a scheme without origin, the scheme alone.
  package static func of(_ target: URLRecord) -> String {
    let origin = target.origin
    guard origin != .opaque else { return target.scheme + ":" }
    return origin.serialized + EndpointFolder.fold(target.path)
  }

  /// `/users/{id}`: of a target that was recorded without its origin.
  package static func ofPath(_ path: String) -> String { EndpointFolder.fold(path) }
}
