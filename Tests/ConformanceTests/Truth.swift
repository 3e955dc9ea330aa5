import Foundation

/// One scenario of a capture and what its browser decided: an entry of `verdicts.json`.
struct Scenario {
  let id: String
  let group: String
  let note: String
  /// What the page's script saw, one for each try; `nil` where it could not tell.
  let outcomes: [Bool?]
  /// Chromium's errors or Firefox's reasons, the specific one first.
  let reasons: [String]
  let url: String?
  /// How it was asked for: the kind of request, its credentials mode and its mode.
  let request: [String]

  init(id: String, _ members: [String: Any]) {
    self.id = id
    group = members["group"] as? String ?? ""
    note = members["note"] as? String ?? ""
    outcomes = (members["outcome"] as? [Any] ?? []).map { $0 as? Bool }
    reasons = members["reasons"] as? [String] ?? []
    url = members["url"] as? String
    request = ["kind", "credentials", "mode"].map { members[$0] as? String ?? "" }
  }

  /// The browser refused it: it says so itself, or the page could not read an answer.
  var failed: Bool { !reasons.isEmpty || outcomes.contains(false) }

  var succeeded: Bool { reasons.isEmpty && !outcomes.isEmpty && outcomes.allSatisfy { $0 == true } }

  static func read(_ file: URL) throws -> [Scenario] {
    let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: Any]] ?? [:]
    return root.map { Scenario(id: $0.key, $0.value) }.sorted { $0.id < $1.id }
  }
}
