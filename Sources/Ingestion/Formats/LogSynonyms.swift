import Fetch

/// What people call the fields of their own formats.
enum LogSynonyms {
  /// The field that a column or a JSON member of this name holds: `http_origin`, `acrm`, `request_time`, `cs(Host)`.
  static func field(named name: some StringProtocol) -> LogField? {
    let plain = squeezed(name)
    if let found = table[plain] { return found }
    if let found = headers[plain] { return .header(found) }
    for prefix in responsePrefixes where plain.hasPrefix(prefix) {
      if let found = headers[String(plain.dropFirst(prefix.utf8.count))] { return .response(found) }
    }
    for prefix in requestPrefixes where plain.hasPrefix(prefix) {
      let rest = String(plain.dropFirst(prefix.utf8.count))
      if let found = headers[rest] { return .request(found) }
    }
    return nil
  }

  /// The unit that a duration's name tells.
  static func unit(named name: some StringProtocol) -> DurationUnit {
    let plain = squeezed(name)
    if plain.hasSuffix("ns") || plain.hasSuffix("nanos") { return .nanoseconds }
    if plain.hasSuffix("us") || plain.hasSuffix("usec") || plain.hasSuffix("micros") { return .microseconds }
    if plain.hasSuffix("ms") || plain.hasSuffix("msec") || plain.hasSuffix("millis") || plain == "responsetime" {
      return .milliseconds
    }
    if plain == "rt" || plain == "requesttime" || plain == "dur" { return .seconds }
    return .unknown
  }

  /// Lower-case letters and digits alone.
  static func squeezed(_ name: some StringProtocol) -> String {
    String(decoding: name.utf8.map(\.asciiLowercased).filter { $0.isASCIIAlpha || $0.isASCIIDigit }, as: UTF8.self)
  }

  private static let responsePrefixes = [
    "senthttp", "response", "responseheader", "responseheaders", "resheader", "resheaders", "res", "resp", "out",
    "downstream",
  ]
  private static let requestPrefixes = [
    "http", "request", "requestheader", "requestheaders", "reqheader", "reqheaders", "req", "in", "header", "headers",
    "cs",
  ]

  private static let groups: [(LogField, String)] = [
    (.client, "client ip clientip clientaddr clienthost clientaddress sourceip srcip realip cip"),
    (.peer, "remoteaddr remoteip remotehost remoteaddress remote raddr peer"),
    (.clientPort, "clientport remoteport srcport clientsrcport cport"),
    (.time, "time timestamp ts t timelocal timeiso8601 datetime date attimestamp"),
    (.startTime, "starttime startutc tstart start begin"),
    (.endTime, "endtime tend msec end"),
    (.duration, "duration dur rt requesttime elapsed latency responsetime timetaken took durationms durms elapsedms"),
    (.duration, "latencyms responsetimems durationus durationns timetakenms elapsedtime requesttimems"),
    (.method, "method requestmethod reqmethod httpmethod verb m csmethod"),
    (.target, "requesturi requesturl url u target requesttarget originalurl httpurl rawuri"),
    (.path, "uri path requestpath httppath csuristem"),
    (.query, "query querystring args csuriquery"),
    (.requestLine, "request req requestline r"),
    (
      .status,
      "status statuscode st httpstatus httpstatuscode responsestatus responsecode code scstatus responsestatuscode"
    ),
    (
      .host, "host httphost requesthost authority domain dom vhost virtualhost serverhost servername cshost xhostheader"
    ),
    (.scheme, "scheme requestscheme"),
    (.protocolVersion, "protocol proto p serverprotocol httpversion requestprotocol csversion"),
    (.connection, "connection conn connectionid connid"),
    (.requestHeaders, "requestheaders reqheaders"), (.responseHeaders, "responseheaders resheaders respheaders"),
  ]

  private static let table: [String: LogField] = {
    var table: [String: LogField] = [:]
    for (field, names) in groups {
      for name in names.split(separator: " ") { table[String(name)] = field }
    }
    return table
  }()

  private static let short: [(KnownField, String)] = [
    (.referer, "referrer ref"), (.userAgent, "ua agent browser"),
    (.accessControlRequestMethod, "acrm acrmethod corsrequestmethod"),
    (.accessControlRequestHeaders, "acrh acrheaders corsrequestheaders"),
    (.accessControlRequestPrivateNetwork, "acrpn"),
    (.accessControlAllowOrigin, "acao acalloworigin alloworigin"),
    (.accessControlAllowCredentials, "acac allowcredentials"),
    (.accessControlAllowMethods, "acam allowmethods"), (.accessControlAllowHeaders, "acah allowheaders"),
    (.accessControlMaxAge, "acma maxage"), (.accessControlExposeHeaders, "aceh exposeheaders"),
    (.secFetchMode, "sfm"), (.secFetchSite, "sfs"), (.secFetchDest, "sfd"), (.secFetchStorageAccess, "sfsa"),
    (.xForwardedFor, "xff"), (.authorization, "auth"), (.contentType, "ct"),
  ]

  private static let headers: [String: KnownField] = {
    var table: [String: KnownField] = [:]
    for field in KnownField.allCases where field != .host { table[squeezed(field.name)] = field }
    for (field, names) in short {
      for name in names.split(separator: " ") { table[String(name)] = field }
    }
    return table
  }()
}
