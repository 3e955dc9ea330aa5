/// Learns which path segments take so many values that they are no names of endpoints: shop slugs, user names, search terms.
///
/// It is asked when a table of endpoints is full, and never forgets a rule: what is folded once stays folded.
package struct EndpointLearner: Sendable {
  /// For each parent path whose children are values: the children that are endpoints all the same.
  private var rules: [String: Set<String>] = [:]
  private static let crowd = 100
  private static let marker = "{value}"

  package init() {}

  package var isEmpty: Bool { rules.isEmpty }

  /// Looks at endpoints and how often each was seen; afterwards `fold` knows the crowded places.
  package mutating func learn(_ endpoints: [(path: String, count: Int)]) {
    visit(
      "", endpoints.map { (segments: $0.path.split(separator: "/", omittingEmptySubsequences: false), $0.count) }, 0)
  }

  /// The endpoint after what was learned.
  package func fold(_ endpoint: String) -> String {
    guard !rules.isEmpty else { return endpoint }
    var parent = ""
    for (index, segment) in endpoint.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
      let folded = rules[parent].map { $0.contains(String(segment)) ? String(segment) : Self.value(segment) }
      parent += (index == 0 ? "" : "/") + (folded ?? String(segment))
    }
    return parent
  }

  private mutating func visit(_ parent: String, _ endpoints: [(segments: [Substring], count: Int)], _ depth: Int) {
    guard depth < 12 else { return }
    var groups: [Substring: [(segments: [Substring], count: Int)]] = [:]
    for endpoint in endpoints where endpoint.segments.count > depth {
      groups[endpoint.segments[depth], default: []].append(endpoint)
    }
    if groups.count > Self.crowd {
      let weights = groups.mapValues { $0.reduce(0) { $0 + $1.count } }
      let total = weights.values.reduce(0, +)
      // A child that carries a hundredth of the traffic, or has a family of its own, is a name.
      let names = groups.keys.filter { (weights[$0] ?? 0) * 100 >= total }
      rules[parent, default: []].formUnion(names.map(String.init))
    }
    let kept = rules[parent]
    var merged: [String: [(segments: [Substring], count: Int)]] = [:]
    for (segment, members) in groups {
      let name = kept.map { $0.contains(String(segment)) ? String(segment) : Self.value(segment) } ?? String(segment)
      merged[name, default: []] += members
    }
    for (name, members) in merged { visit(depth == 0 ? name : parent + "/" + name, members, depth + 1) }
  }

  private static func value(_ segment: Substring) -> String {
    if segment.isEmpty || segment == "{id}" || segment == "{date}" || segment.hasPrefix(marker) {
      return String(segment)
    }
    guard let dot = segment.lastIndex(of: "."), dot > segment.startIndex, segment[dot...].utf8.count <= 6 else {
      return marker
    }
    return marker + segment[dot...]
  }
}
