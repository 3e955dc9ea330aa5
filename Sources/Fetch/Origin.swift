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
    guard let url = URLRecord(Origin.upToPath(text)), case let origin = url.origin, origin != .opaque else {
      return nil
    }
    self = origin
  }

  /// Of an `http` or `https` URL what its origin is in: the path of a `Referer` need not be parsed.
  private static func upToPath(_ text: String) -> String {
    let bytes = text.utf8
    guard text.hasPrefix("http"), let colon = bytes.firstIndex(of: 0x3A) else { return text }
    var index = bytes.index(after: colon)
    for _ in 0..<2 {
      guard index < bytes.endIndex, bytes[index] == 0x2F else { return text }
      index = bytes.index(after: index)
    }
    guard index < bytes.endIndex, bytes[index] != 0x2F, bytes[index] != 0x5C else { return text }
    let end = bytes[index...].firstIndex { $0 == 0x2F || $0 == 0x5C || $0 == 0x3F || $0 == 0x23 }
    return end.map { String(text[..<$0]) } ?? text
  }

  /// Two opaque origins are never known to be the same one.
  package func isSameOrigin(as other: Origin) -> Bool { self != .opaque && self == other }

  package var scheme: String? { if case .tuple(let scheme, _, _) = self { scheme } else { nil } }

  package var host: String? { if case .tuple(_, let host, _) = self { host } else { nil } }
}
