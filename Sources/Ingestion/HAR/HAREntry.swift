import Evidence

/// An entry as it was written, before it is known what its exporter means by it.
struct HAREntry {
  /// What a member that marks failure holds.
  enum Mark: Equatable {
    case absent
    case null
    case text(String)
  }

  /// Members that only certain exporters write.
  struct Signs: OptionSet {
    let rawValue: UInt16
    static let charlesStatus = Signs(rawValue: 1)
    static let fetchType = Signs(rawValue: 2)
    static let playwright = Signs(rawValue: 4)
    static let securityState = Signs(rawValue: 8)
    static let requestID = Signs(rawValue: 16)
    static let initiatorText = Signs(rawValue: 32)
    static let initiatorObject = Signs(rawValue: 64)
    static let resourceType = Signs(rawValue: 128)
    static let browserHeaders = Signs(rawValue: 256)
    static let error = Signs(rawValue: 512)
  }

  var exchange: Exchange
  var signs: Signs = []
  var pageref: Int?
  /// Whether `request.method` and `request.url` were there.
  var hasMethod = false
  var hasURL = false
  var hasRequest = false

  var error: Mark = .absent
  var failureText: Mark = .absent
  var charlesStatus: String?
  /// Whether a test's route answered it, or gave it up, in the server's stead.
  var wasMadeUp = false
  var isAPIRequest = false
  var frame: String?
  /// Whether its content has a size.
  var hasContent = false

  var startText: String?
  var isTimestampBad = false
  var lacksZone = false
  var hasBadUTF8 = false
  var redirectURL: String?

  /// `Host`, or `:authority`: the headers are those that were sent.
  var hasHost = false
  var hasPseudoHeaders = false
  var hasCookies = false
  var hasHeaders = false
  var isHeaderMap = false
  /// The heads' sizes as recorded; -1 or `nil` where the exporter does not know.
  var requestHeadersSize: Int?
  var responseHeadersSize: Int?
  var hasResponseHeaders = false
  /// Whether any of the answer's field names has a capital.
  var spellsNames = false
  /// Of the status line.
  var statusTextSize = 0
  /// What is recorded to have come over the network of the answer's body; in Firefox's files with its head.
  var responseBodySize: Int?
  /// Of the request's field lines as recorded, line ends included.
  var requestFieldBytes = 0
  var requestVersion: HTTPVersion = .unknown

  init(locator: Locator) { exchange = Exchange(locator: locator, method: "", url: "") }

  /// Whether anything is here that a sanitising exporter removes.
  var holdsSecrets = false
}
