package import Correlator
package import Fetch

/// Leaves secrets out of what is stored, and leaves a marker: its length in bytes and 24 bits of a keyed digest.
///
/// Equal secrets have equal markers in one store, so they can be told apart and counted. The key is kept in the store
/// (else a later import could not be compared); the digest is therefore short: it can never pin down a secret of more
/// than a few bytes. Presence is evidence and stays.
package struct Redaction: Sendable {
  private let hash: SipHash
  private let keepsSecrets: Bool

  package init(key: StoreKey, keepSecrets: Bool = false) {
    hash = key.hash
    keepsSecrets = keepSecrets
  }

  /// A field's value: all of it for a field that holds credentials, else with credentials in URLs left out.
  package func value(_ value: String, of field: KnownField) -> String {
    if keepsSecrets { return value }
    return SecretName.fields.contains(field) ? marker(value) : text(value)
  }

  /// A URL or a reference, absolute or not: user information and credential-like parameters are left out.
  ///
  /// The marker in a URL has no character that would change how the URL reads.
  package func url(_ url: String) -> String {
    keepsSecrets ? url : replacing(in: url, with: urlMarker)
  }

  /// The same for a URL in ASCII; `nil` where nothing has to be left out.
  func url(_ url: UnsafeRawBufferPointer) -> String? {
    if keepsSecrets || SecretScanner.find(in: url.assumingMemoryBound(to: UInt8.self)).isEmpty { return nil }
    return self.url(String(decoding: url, as: UTF8.self))
  }

  /// Free text: header lines, credentials of `Authorization` schemes, URLs and `name=value` pairs in it.
  package func text(_ text: String) -> String {
    keepsSecrets ? text : replacing(in: text, with: urlMarker)
  }

  /// A fact that is named after a field is treated as that field.
  package func fact(_ fact: Fact) -> String {
    if keepsSecrets { return fact.value }
    if SecretName.fieldNames.contains(fact.fact.asciiLowercased()) { return marker(fact.value) }
    return text(fact.value)
  }

  private func digest(_ value: String) -> String {
    let digits = String(hash(value) & 0xFF_FFFF, radix: 16)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// `[redacted 34 bytes #1f3a9c]`; an empty value stays empty, and a marker stays itself.
  func marker(_ value: String) -> String {
    if value.isEmpty || value.hasPrefix("[redacted") { return value }
    return "[redacted \(value.utf8.count) bytes #\(digest(value))]"
  }

  /// `redacted-34-1f3a9c`.
  private func urlMarker(_ value: String) -> String {
    if value.isEmpty || value.hasPrefix("redacted-") || value.hasPrefix("[redacted") { return value }
    return "redacted-\(value.utf8.count)-\(digest(value))"
  }

  private func replacing(in text: String, with marker: (String) -> String) -> String {
    var copy = text
    let places = copy.withUTF8 { SecretScanner.find(in: $0) }
    if places.isEmpty { return text }
    let bytes = Array(text.utf8)
    var result = ""
    var end = 0
    for place in places {
      result += String(decoding: bytes[end..<place.lowerBound], as: UTF8.self)
      result += marker(String(decoding: bytes[place], as: UTF8.self))
      end = place.upperBound
    }
    return result + String(decoding: bytes[end...], as: UTF8.self)
  }
}
