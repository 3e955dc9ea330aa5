import Evidence
import Fetch

/// What is known of one family of exporters: how to tell it, what its entries mean, what its files cannot show.
struct HARDialect: Sendable {
  enum Family: String, CaseIterable, Sendable {
    case devTools, firefox, safari, playwright, chromeHAR, webPageTest, splash, proxy, apiClient, unknown
  }

  let family: Family
  /// Beginnings of `log.creator.name`, in lower case.
  let creators: [String]
  let recorder: Recorder
  let engine: Engine?
  var marksOutcome = false
  var recordsPreflights = true
  var isBrowserTraffic = true
  /// Whether the recorder keeps from the browser an answer whose body never comes, and gives it one of its own.
  var withholdsBroken = false
  var duplicates: HeaderRecord.Duplicates = .kept
  let blindSpots: [String]

  /// The dialect of this `creator.name`; `nil` where the name tells nothing.
  static func named(_ creator: String) -> HARDialect? {
    let name = creator.asciiLowercased()
    return catalogue.first { $0.creators.contains { name.hasPrefix($0) } }
  }

  static func of(_ family: Family) -> HARDialect {
    catalogue.first { $0.family == family } ?? unknown
  }

  /// What members that only some exporters write say of a file whose creator says nothing.
  static func told(by signs: HAREntry.Signs) -> HARDialect {
    if signs.contains(.charlesStatus) { return of(.proxy) }
    if signs.contains(.fetchType) { return of(.safari) }
    if signs.contains(.playwright) { return of(.playwright) }
    if signs.contains(.securityState) { return of(.firefox) }
    if signs.isSuperset(of: [.requestID, .initiatorText]) { return of(.chromeHAR) }
    guard signs.isSuperset(of: [.resourceType, .initiatorObject]) else { return unknown }
    // Tools that are built on Chromium's protocol write what DevTools writes, but for the failures.
    var dialect = of(.devTools)
    dialect.marksOutcome = signs.contains(.error)
    return dialect
  }
}
