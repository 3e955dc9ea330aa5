import ArgumentParser
import Fetch

/// Origins as users write them.
enum OriginName {
  /// As requests have it: a page's address stands for its origin.
  ///
  /// - Throws: `ValidationError` where no request can have it, which would else look as if nothing had failed.
  static func parse(_ text: String) throws -> String {
    if let origin = Origin(parsing: text) { return origin.serialized }
    // Extensions and apps have origins of their own making.
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex, text[colon...].count > 3,
      text[colon...].hasPrefix("://")
    else {
      throw ValidationError("'\(text)' is no origin; write https://app.example.com, with its port if any, or null")
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}
