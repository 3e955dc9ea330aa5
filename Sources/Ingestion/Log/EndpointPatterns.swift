/// Endpoints of the user's own making: they are asked before a path is folded by rule.
package struct EndpointPatterns: Sendable {
  private struct Pattern: Sendable {
    var segments: [String]
    /// Whether anything may follow the last segment.
    var isOpen: Bool
    /// What takes the path's place, with its slash.
    var name: String
  }

  private var patterns: [Pattern] = []

  package init() {}

  package var isEmpty: Bool { patterns.isEmpty }

  /// Adds `/users/{id}/orders`, or `name=/users/{id}/…`: `{…}` and `*` stand for one segment, `…`, `...` or `**` at the end for
  /// whatever follows.
  ///
  /// Without a name the pattern is its own.
  ///
  /// - Returns: Whether the text is such a pattern.
  package mutating func add(_ text: String) -> Bool {
    var name: Substring?
    var path = Substring(text)
    if !text.hasPrefix("/") {
      guard let mark = text.firstIndex(of: "=") else { return false }
      name = text[..<mark]
      path = text[text.index(after: mark)...]
    }
    guard path.hasPrefix("/"), path.utf8.count > 1, name.map({ !$0.isEmpty }) ?? true else { return false }
    var segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isOpen = segments.last.map { ["…", "...", "**"].contains($0) } ?? false
    if isOpen { segments.removeLast() }
    let shown = name.map { $0.hasPrefix("/") ? String($0) : "/" + $0 } ?? String(path)
    patterns.append(
      Pattern(
        segments: segments.map { $0 == "*" || $0.hasPrefix("{") && $0.hasSuffix("}") ? "" : $0 }, isOpen: isOpen,
        name: shown))
    return true
  }

  /// What takes the place of a path, which may carry a query; the first pattern that fits decides.
  package func name(ofPath path: some StringProtocol) -> String? {
    guard !patterns.isEmpty, path.utf8.first == UInt8(ascii: "/") else { return nil }
    let path = path.prefix { $0 != "?" && $0 != "#" }
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    return patterns.first { EndpointPatterns.fits($0, segments) }?.name
  }

  private static func fits(_ pattern: Pattern, _ segments: [some StringProtocol]) -> Bool {
    let count = pattern.segments.count
    guard segments.count == count || pattern.isOpen && segments.count > count else { return false }
    return zip(pattern.segments, segments).allSatisfy { $0.isEmpty ? !$1.isEmpty : $0 == $1 }
  }
}
