/// An origin (HTML, 7.1.1): a tuple of scheme, host and port, or opaque.
package enum Origin: Hashable, Sendable {
  case opaque
  /// `port` is `nil` where it is the scheme's default.
  case tuple(scheme: String, host: String, port: UInt16?)

  /// The serialised origin as a browser sends it in `Origin` (HTML, *serialization of an origin*).
  package var serialized: String {
    switch self {
    case .opaque: "null"
    case .tuple(let scheme, let host, let port): port.map { "\(scheme)://\(host):\($0)" } ?? "\(scheme)://\(host)"
    }
  }

  /// The origin that this text serialises; `nil` where it is neither `null` nor an origin.
  ///
  /// A trailing slash or a path is accepted, as in a `Referer`: the origin is what comes before it.
  package init?(parsing text: String) {
    if text == "null" {
      self = .opaque
      return
    }
    guard let url = URLRecord(text), case let origin = url.origin, origin != .opaque else { return nil }
    self = origin
  }

  /// Two opaque origins are never known to be the same one.
  package func isSameOrigin(as other: Origin) -> Bool { self != .opaque && self == other }

  package var scheme: String? { if case .tuple(let scheme, _, _) = self { scheme } else { nil } }

  package var host: String? { if case .tuple(_, let host, _) = self { host } else { nil } }
}
