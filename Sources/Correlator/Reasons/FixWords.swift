import Fetch

/// Phrases that the fixes share.
extension FixContext {
  /// `On https://api.example.com (nginx/1.27)`.
  var onServer: String {
    let place = "On \(targetName)"
    guard let server, !server.isEmpty else { return place }
    return "\(place) (\(FixContext.clipped(server, to: 40)))"
  }

  /// `the answer to the preflight of PUT (401)`, `the answer to GET (200)`.
  var answer: String {
    let asked = inPreflight ? "the preflight of \(methodName)" : methodName
    return "the answer to \(asked)" + (status.map { " (\($0))" } ?? "")
  }

  /// The method, or words for one that was not recorded.
  var methodName: String { method.isEmpty ? "the request" : FixContext.clipped(method, to: 20) }

  /// The asking origin, or words for one that was not recorded.
  var originName: String { origin.isEmpty ? "the asking origin" : FixContext.clipped(origin) }

  /// The server's origin, or words for one that was not recorded.
  var targetName: String { targetOrigin.isEmpty ? "the server" : FixContext.clipped(targetOrigin) }

  /// Where the redirect leads, resolved: what a page should call instead.
  var locationAddress: String? {
    guard let location else { return nil }
    guard let base = URLRecord(url), let target = URLRecord(location, relativeTo: base) else {
      return FixContext.address(location)
    }
    return FixContext.address(location, target)
  }

  /// An address fit for a sentence that gets passed on: without user name and password, its query cut off.
  static func address(_ text: String, _ parsed: URLRecord? = nil) -> String {
    if let record = parsed ?? URLRecord(text), record.origin != .opaque {
      return clipped(record.origin.serialized + record.path) + (record.query == nil ? "" : "?…")
    }
    guard let query = text.firstIndex(of: "?") else { return clipped(text) }
    return clipped(String(text[..<query])) + "?…"
  }

  var isOpaqueOrigin: Bool { origin == "null" }

  /// What to say instead of a header where the asking origin is `null`: allowing that one lets every sandboxed page in.
  var serveFromRealOrigin: String {
    return "Load the asking page from an http or https address, not from a file, a sandboxed frame or through a "
      + "cross-origin redirect, so that it has an origin which \(targetName) can allow; do not allow null, which every "
      + "sandboxed page on the web sends."
  }

  /// `Access-Control-Allow-Origin: https://app.example.com`, with what a credentialed request needs beside it.
  var allowOriginLine: String {
    if isOpaqueOrigin { return "Access-Control-Allow-Origin for a page with a real origin (never null)" }
    let line = "Access-Control-Allow-Origin: \(originName)"
    return credentials == true ? "\(line) with Access-Control-Allow-Credentials: true" : line
  }

  /// A value in quotes: `‘https://app.example.com/’`, `an empty value`, `nothing`.
  static func quoted(_ value: String?) -> String {
    guard let value else { return "nothing" }
    return value.isEmpty ? "an empty value" : "‘\(clipped(value))’"
  }

  /// A field name in its usual spelling: `Access-Control-Allow-Origin`.
  static func spelled(_ name: String) -> String {
    name.split(separator: "-", omittingEmptySubsequences: false)
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
  }

  /// At most `limit` characters, cut in the middle: input is never trusted to be short.
  static func clipped(_ text: String, to limit: Int = 160) -> String {
    guard text.utf8.count > limit, text.count > limit else { return text }
    let half = (limit - 1) / 2
    return "\(text.prefix(half))…\(text.suffix(half))"
  }

  /// Items in a sentence: `a`, `a and b`, `a, b and c`; a long list is cut and counted.
  static func list(_ items: [String], limit: Int = 8) -> String {
    var shown = items.prefix(limit).map { clipped($0, to: 60) }
    if items.count > limit { shown.append("\(items.count - limit) more") }
    guard let last = shown.popLast() else { return "" }
    return shown.isEmpty ? last : shown.joined(separator: ", ") + " and " + last
  }
}

extension String {
  /// With its first letter small, to stand within a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
