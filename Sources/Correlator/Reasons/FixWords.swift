import Fetch
import Words

/// Phrases that the fixes share.
extension FixContext {
  /// Where to change something: `https://api.example.com (nginx/1.27)`.
  var place: Message {
    guard let server, !server.isEmpty else { return targetName }
    return "\(targetName) (\(FixContext.clipped(server, to: 40)))"
  }

  /// `the answer to the preflight of PUT (401)`, `the answer to GET (200)`.
  var answer: Message {
    let asked: Message = inPreflight ? "the preflight of \(methodName)" : methodName
    return if let status { "the answer to \(asked) (\(status))" } else { "the answer to \(asked)" }
  }

  /// The method, or words for one that was not recorded.
  var methodName: Message { method.isEmpty ? "the request" : "\(FixContext.clipped(method, to: 20))" }

  /// The asking origin, or words for one that was not recorded.
  var originName: Message { origin.isEmpty ? "the asking origin" : "\(FixContext.clipped(origin))" }

  /// The server's origin, or words for one that was not recorded.
  var targetName: Message { targetOrigin.isEmpty ? "the server" : "\(FixContext.clipped(targetOrigin))" }

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
  var serveFromRealOrigin: Message {
    """
    Load the asking page from an http or https address, not from a file, a sandboxed frame or through a cross-origin \
    redirect, so that it has an origin which \(targetName) can allow; do not allow null, which every sandboxed page on \
    the web sends.
    """
  }

  /// `Access-Control-Allow-Origin: https://app.example.com`, with what a credentialed request needs beside it.
  var allowOriginLine: Message {
    if isOpaqueOrigin { return "Access-Control-Allow-Origin for a page with a real origin (never null)" }
    let line: Message = "Access-Control-Allow-Origin: \(originName)"
    return credentials == true ? "\(line) with Access-Control-Allow-Credentials: true" : line
  }

  /// A value in quotes: `‘https://app.example.com/’`, `an empty value`, `nothing`.
  static func quoted(_ value: String?) -> Message {
    guard let value else { return "nothing" }
    return value.isEmpty ? "an empty value" : "‘\(clipped(value))’"
  }

  /// At most `limit` characters, cut in the middle: input is never trusted to be short.
  static func clipped(_ text: String, to limit: Int = 160) -> String {
    guard text.utf8.count > limit, text.count > limit else { return text }
    let half = (limit - 1) / 2
    return "\(text.prefix(half))…\(text.suffix(half))"
  }

  /// Items in a sentence: `a`, `a and b`, `a, b and c`; a long list is cut and counted.
  static func list(_ items: [String], limit: Int = 8) -> Message {
    var shown = items.prefix(limit).map { "\(clipped($0, to: 60))" as Message }
    if items.count > limit { shown.append("\(items.count - limit) more") }
    guard let last = shown.popLast() else { return "" }
    return shown.isEmpty ? last : "\(shown.joined(separator: ", ")) and \(last)"
  }
}
