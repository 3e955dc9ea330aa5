import Fetch

/// The items of a list field as written, for explaining: separated by commas, without the spaces around them.
struct CommaList {
  let items: [String]

  init(_ value: String) {
    items = value.split(separator: ",").map { String($0.trimmingHTTPWhitespace()) }.filter { !$0.isEmpty }
  }

  /// The first item that is no token (RFC 9110, 5.6.2).
  var malformed: String? { items.first { !$0.utf8.allSatisfy(\.isTokenByte) } }

  func containsIgnoringCase(_ name: String) -> Bool {
    let name = name.asciiLowercased()
    return items.contains { $0.asciiLowercased() == name }
  }
}
