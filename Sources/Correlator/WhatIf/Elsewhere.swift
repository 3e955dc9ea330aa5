import Evidence
import Fetch

/// Answers that endpoints gave to other requests: what stands in for an answer that was never seen.
package struct Elsewhere: Sendable {
  struct Key: Hashable {
    let method: String
    let origin: String
    let status: Int?
    let fields: [String]
  }

  struct StandIn: Sendable {
    let method: String
    let origin: String
    let exchange: Exchange
  }

  /// At most so many different answers of one endpoint are remembered.
  private static let limit = 32

  private var answers: [String: [Key: StandIn]] = [:]
  /// The credentials modes of which it is known that somebody asked in them.
  private var modes: [Subject: Set<Bool>] = [:]

  package init() {}

  /// The fields that an answer's check looks at.
  private static let checked: [KnownField] = [
    .accessControlAllowOrigin, .accessControlAllowCredentials, .location,
  ]

  /// Remembers how the endpoint answered a request under CORS.
  package mutating func note(_ judged: JudgedRequest) {
    let known = judged.credentials.possible
    if known.count == 1 { modes[judged.verdict.subject, default: []].insert(known[0]) }
    guard let request = judged.request, request.wasAnswered, !request.isPreflight, !request.isSynthetic else { return }
    let origin = judged.verdict.origin ?? ""
    let key = Key(
      method: request.method, origin: origin, status: request.status,
      fields: Elsewhere.checked.map { request.response.list.get($0) ?? "" })
    guard answers[judged.verdict.endpoint]?.count ?? 0 < Elsewhere.limit else { return }
    answers[judged.verdict.endpoint, default: [:]][key] = StandIn(
      method: request.method, origin: origin, exchange: request)
  }

  /// The one credentials mode in which requests of the same origin, endpoint and method are known to be made; `nil` where there
  /// are both, or none is known.
  func credentials(at subject: Subject) -> Bool? {
    guard let known = modes[subject], known.count == 1 else { return nil }
    return known.first
  }

  /// What the endpoint is likely to answer this origin: the answers that it gave to the same method, else to any.
  ///
  /// An answer that names another origin tells nothing of what this one would get, and is left out.
  func answers(of endpoint: String, method: String, origin: String) -> [Exchange] {
    let fitting = (answers[endpoint] ?? [:]).values.filter { one in
      let allowed = one.exchange.response.value(.accessControlAllowOrigin)
      return one.origin == origin || allowed == nil || allowed == "*"
    }
    let same = fitting.filter { $0.method == method }
    return (same.isEmpty ? fitting : same).map(\.exchange).sorted {
      ($0.status ?? 0, $0.locator.entry) < ($1.status ?? 0, $1.locator.entry)
    }
  }
}
