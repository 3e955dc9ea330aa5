import Correlator
import Evidence
import Fetch

/// A browser's decision on bytes that are all known, written from cors-rules §1.18 and from nothing of the program's: what the
/// tests measure the program's engines by.
struct Browser {
  let engine: Engine
  let include: Bool

  /// One failure, by the browser's own name for it.
  struct Refusal: Equatable {
    var reason: ReasonKey
    var error: ChromiumError?
  }

  struct Reply {
    var status = 200
    var lines: [HeaderField] = []
    var version = HTTPVersion.http11

    func lines(_ field: KnownField) -> [HeaderField] { lines.filter { $0.name.lowercased() == field.name } }

    func joined(_ field: KnownField) -> String? {
      let values = lines(field).map { trimmed($0.value) }
      return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Items of a list, and the first that is none.
    func list(_ field: KnownField) -> (items: [String], bad: String?) {
      let items = (joined(field) ?? "").split(separator: ",").map { trimmed(String($0)) }.filter { !$0.isEmpty }
      let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
      return (items, items.first { !$0.utf8.allSatisfy(token.contains) })
    }
  }

  /// `CheckAccess`, `CheckRequestApproved`, `passesAccessControlCheck`.
  func access(_ reply: Reply, origin: String) -> Refusal? {
    let lines = reply.lines(.accessControlAllowOrigin)
    guard var allowed = reply.joined(.accessControlAllowOrigin) else {
      return Refusal(reason: .missingAllowOrigin, error: .missingAllowOriginHeader)
    }
    if engine == .firefox, lines.count > 1 {
      if reply.version == .http11, lines.count(where: { $0.name == "Access-Control-Allow-Origin" }) > 1 {
        return Refusal(reason: .multipleAllowOriginNotAllowed)
      }
      allowed = merged(lines)
    }
    if allowed == "*" {
      return include ? Refusal(reason: .notSupportingCredentials, error: .wildcardOriginNotAllowed) : nil
    }
    guard allowed == origin else { return mismatch(allowed) }
    let credentials = reply.lines(.accessControlAllowCredentials)
    let value = engine == .firefox ? merged(credentials) : reply.joined(.accessControlAllowCredentials)
    if include, value != "true" {
      return Refusal(reason: .missingAllowCredentials, error: .invalidAllowCredentials)
    }
    return nil
  }

  /// Firefox's merging of lines, `nsHttpHeaderArray::MergeHeader`.
  private func merged(_ lines: [HeaderField]) -> String {
    lines.map { trimmed($0.value) }.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func mismatch(_ allowed: String) -> Refusal {
    switch engine {
    case .chromium:
      if allowed.contains(" ") || allowed.contains(",") {
        return Refusal(reason: .multipleAllowOriginNotAllowed, error: .multipleAllowOriginValues)
      }
      let isURL = allowed == "null" || allowed.contains("://") && !allowed.hasPrefix("://")
      return Refusal(
        reason: .allowOriginNotMatchingOrigin, error: isURL ? .allowOriginMismatch : .invalidAllowOriginValue)
    case .firefox: return Refusal(reason: .allowOriginNotMatchingOrigin)
    case .webkit:
      return Refusal(reason: allowed.contains(",") ? .multipleAllowOriginNotAllowed : .allowOriginNotMatchingOrigin)
    }
  }

  func preflight(_ reply: Reply, origin: String, method: String, names: [String]) -> Refusal? {
    let redirects = [301, 302, 303, 307, 308].contains(reply.status) && !reply.lines(.location).isEmpty
    let redirect = redirects ? Refusal(reason: .externalRedirectNotAllowed, error: .preflightDisallowedRedirect) : nil
    let isOK = reply.status >= 200 && reply.status <= 299
    let status = isOK ? nil : Refusal(reason: .preflightDidNotSucceed, error: .preflightInvalidStatus)
    let origin = access(reply, origin: origin).map(onPreflight)
    let methods = reply.list(.accessControlAllowMethods)
    let headers = reply.list(.accessControlAllowHeaders)
    let star = { (items: [String]) in !include && items.contains("*") }
    let badMethod = methods.bad.map { _ in
      Refusal(reason: .invalidAllowMethod, error: .invalidAllowMethodsPreflightResponse)
    }
    let badHeader = headers.bad.map { _ in
      Refusal(reason: .invalidAllowHeader, error: .invalidAllowHeadersPreflightResponse)
    }
    let hasMethod = ["GET", "HEAD", "POST"].contains(method) || methods.items.contains(method) || star(methods.items)
    let noMethod = hasMethod ? nil : Refusal(reason: .methodNotFound, error: .methodDisallowedByPreflightResponse)
    let listed = headers.items.map { $0.lowercased() }
    let hasHeaders = star(headers.items) || names.allSatisfy(listed.contains)
    let noHeader =
      hasHeaders ? nil : Refusal(reason: .missingAllowHeaderFromPreflight, error: .headerDisallowedByPreflightResponse)
    let order: [Refusal?] =
      switch engine {
      case .chromium: [redirect, origin, status, badMethod, badHeader, noMethod, noHeader]
      case .firefox: [origin, redirect, status, badMethod, noMethod, badHeader, noHeader]
      case .webkit: [status, origin, badMethod, badHeader, noMethod, noHeader]
      }
    return order.compactMap { $0 }.first
  }

  private func onPreflight(_ refusal: Refusal) -> Refusal {
    var refusal = refusal
    refusal.error = refusal.error.flatMap { ChromiumError(rawValue: "Preflight" + $0.rawValue) }
    return refusal
  }

  /// The program's outcome for this refusal, or for none.
  func outcome(_ refusal: Refusal?) -> Outcome {
    guard let refusal else { return .pass }
    return engine == .chromium ? refusal.error.map { .error($0) } ?? .pass : .reason(refusal.reason)
  }
}

private func trimmed(_ text: String) -> String {
  var scalars = text.unicodeScalars[...]
  let blank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n" }
  while let first = scalars.first, blank(first) { scalars.removeFirst() }
  while let last = scalars.last, blank(last) { scalars.removeLast() }
  return String(scalars)
}
