/// Tells logs whose answers are not those that browsers got, by requests that came though no browser can have sent them on what
/// the log shows.
///
/// A proxy that answers preflights for the server, or adds the fields of CORS to what the server says, leaves no other trace in
/// the server's own log. Fetch, CORS-preflight fetch: a request that needs a preflight is sent only if that has passed.
package struct UnseenAnswers {
  package enum Sign: Sendable {
    /// Most preflights that the log shows refused were followed by their requests all the same.
    case followedThoughRefused
    /// Some of them were: by chance, a script's hand, or a proxy's.
    case sometimesFollowed
    /// Many requests need a preflight, and the log has none.
    case withoutPreflights
  }

  /// Microseconds within which a page sends the request once its preflight has passed.
  private static let window: Int64 = 5_000_000
  /// In a log that shows others pass: one may have been let through by the preflight cache.
  private static let leastFollowed = 2
  /// One in so many may meet by chance behind one address.
  private static let chance = 50
  /// A part cut out of a log may begin between preflight and request.
  private static let leastWithout = 10
  /// Methods that a page may send without a preflight too: that such a request came tells nothing.
  private static let safelisted = Set(["GET", "HEAD", "POST"].map(PairingItem.method))

  private struct Counts {
    var passing = 0
    /// Of all that were refused, and of those whose request cannot have come without them.
    var allRefused = 0
    var refused = 0
    var followed = 0
    var needing = 0
  }

  /// Who asked whom for what.
  private struct Request: Hashable {
    let key: UInt64
    let origin: UInt64
    let method: UInt32

    init(_ item: PairingItem) { (key, origin, method) = (item.key, item.origin, item.method) }
  }

  private var counts: [Int32: Counts] = [:]
  /// The source of the items at hand, and its counts.
  private var source: Int32 = -1
  private var current = Counts()
  /// Refused preflights of the last seconds that nothing followed so far.
  private var recent: [Request: (source: Int32, time: Int64)] = [:]
  private var roomy = 4096

  package init() {}

  /// Takes the items of all logs, in the order of `PairingItem.precedes`.
  package mutating func add(_ item: PairingItem) {
    if item.source != source { turn(to: item.source) }
    switch item.role {
    case .preflight:
      current.passing += 1
      if !recent.isEmpty { recent[Request(item)] = nil }
    case .refused:
      current.allRefused += 1
      guard item.method != 0, !UnseenAnswers.safelisted.contains(item.method) else { return }
      current.refused += 1
      recent[Request(item)] = (item.source, item.time)
      if recent.count > roomy { forget(before: item.time - UnseenAnswers.window) }
    case .request:
      guard !item.isSafelisted, item.origin != 0 else { return }
      current.needing += 1
      guard !recent.isEmpty, let refused = recent.removeValue(forKey: Request(item)),
        item.time - refused.time <= UnseenAnswers.window
      else { return }
      turn(to: refused.source)
      current.followed += 1
    }
  }

  private mutating func turn(to next: Int32) {
    if source >= 0 { counts[source] = current }
    (source, current) = (next, counts[next] ?? Counts())
  }

  private mutating func forget(before time: Int64) {
    recent = recent.filter { $0.value.time >= time }
    roomy = max(4096, recent.count * 2)
  }

  /// The sources that show a sign.
  package mutating func signs() -> [Int32: Sign] {
    turn(to: source)
    return counts.compactMapValues { counts in
      if counts.followed * 2 > counts.refused, counts.passing == 0 || counts.followed >= UnseenAnswers.leastFollowed {
        return .followedThoughRefused
      }
      if counts.followed * UnseenAnswers.chance > counts.refused { return .sometimesFollowed }
      return counts.passing + counts.allRefused == 0 && counts.needing >= UnseenAnswers.leastWithout
        ? .withoutPreflights : nil
    }
  }
}
