import Evidence
import Fetch
import Scanning

/// Reads one entry's members into a `HAREntry`.
///
/// Any member may be missing, null, or of another type than the format says.
struct EntryReader {
  private var headers = HeaderReader()
  private var urls = URLReader()
  /// Numbers for the pages that entries name.
  private(set) var pageNumbers: [String: Int] = [:]
  private var lastPage: (id: String, number: Int) = ("", -1)

  /// The number that stands for this page.
  mutating func pageNumber(_ id: String) -> Int {
    if lastPage.number >= 0, lastPage.id == id { return lastPage.number }
    let number = pageNumbers[id] ?? pageNumbers.count
    pageNumbers[id] = number
    lastPage = (id, number)
    return number
  }

  /// Reads from behind the opening brace to behind the closing one.
  mutating func read(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, locator: Locator
  ) throws(JSONError) -> HAREntry {
    var entry = HAREntry(locator: locator)
    while let key = try cursor.key(bytes) {
      if key.spells("request", bytes) {
        try request(bytes, &cursor, &entry)
      } else if key.spells("response", bytes) {
        try response(bytes, &cursor, &entry)
      } else {
        try member(key, bytes, &cursor, &entry)
      }
    }
    return entry
  }

  private mutating func member(
    _ key: JSONString, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ entry: inout HAREntry
  ) throws(JSONError) {
    if key.spells("startedDateTime", bytes) {
      try started(bytes, &cursor, &entry)
    } else if key.spells("time", bytes) {
      if let time = try HARValue.number(bytes, &cursor), time >= 0, time < 1e12 {
        entry.exchange.duration = Int64((time * 1000).rounded())
      }
    } else if key.spells("pageref", bytes) {
      entry.pageref = try HARValue.text(bytes, &cursor).map { pageNumber($0) }
    } else if key.spells("_resourceType", bytes) {
      entry.signs.insert(.resourceType)
      if let type = try HARValue.text(bytes, &cursor) { entry.exchange.kind = ResourceKind(exported: type) }
    } else if key.spells("_initiator", bytes) {
      try initiator(bytes, &cursor, &entry)
    } else if key.count > 0, bytes[key.start] == UInt8(ascii: "_") {
      try custom(key, bytes, &cursor, &entry)
    } else {
      try cursor.skipValue(bytes)
    }
  }

  /// Members that one exporter or another adds.
  private mutating func custom(
    _ key: JSONString, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ entry: inout HAREntry
  ) throws(JSONError) {
    if key.spells("_fromCache", bytes) {
      entry.exchange.fromCache = try HARValue.isTrue(bytes, &cursor)
    } else if key.spells("_requestId", bytes) || key.spells("_request_id", bytes) {
      entry.signs.insert(.requestID)
      entry.exchange.exporterID = try HARValue.text(bytes, &cursor)
    } else if key.spells("_initiator_detail", bytes) {
      if let detail = try HARValue.text(bytes, &cursor) { entry.exchange.announces = HARValue.requestID(in: detail) }
    } else if key.spells("_initiator_line", bytes) || key.spells("_initiator_column", bytes) {
      if let place = try HARValue.text(bytes, &cursor), let initiator = entry.exchange.initiator {
        entry.exchange.initiator = InitiatorHash.mixed(initiator, place)
      }
    } else if key.spells("_charlesStatus", bytes) {
      entry.signs.insert(.charlesStatus)
      entry.charlesStatus = try HARValue.text(bytes, &cursor)
    } else if key.spells("_fetchType", bytes) {
      entry.signs.insert(.fetchType)
      let type = try HARValue.text(bytes, &cursor)
      entry.exchange.fromCache = type == "Memory Cache" || type == "Disk Cache"
      entry.exchange.servedByServiceWorker = type == "Service Worker"
    } else if key.spells("_frameref", bytes) {
      entry.signs.insert(.playwright)
      entry.frame = try HARValue.text(bytes, &cursor)
    } else if key.spells("_monotonicTime", bytes) {
      entry.signs.insert(.playwright)
      try cursor.skipValue(bytes)
    } else if key.spells("_securityState", bytes) {
      entry.signs.insert(.securityState)
      try cursor.skipValue(bytes)
    } else if key.spells("_wasFulfilled", bytes) || key.spells("_wasAborted", bytes) {
      if try HARValue.isTrue(bytes, &cursor) { entry.wasMadeUp = true }
    } else if key.spells("_apiRequest", bytes) || key.spells("_apiRequestRef", bytes) {
      entry.isAPIRequest = try HARValue.isTrue(bytes, &cursor)
    } else if key.spells("_error", bytes) {
      entry.error = try HARValue.mark(bytes, &cursor)
      entry.signs.insert(.error)
    } else if key.spells("_failureText", bytes) {
      entry.failureText = try HARValue.mark(bytes, &cursor)
    } else {
      try cursor.skipValue(bytes)
    }
  }

  private mutating func request(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ entry: inout HAREntry
  ) throws(JSONError) {
    guard try cursor.next(bytes) == UInt8(ascii: "{") else { return try cursor.skipValue(bytes) }
    cursor.at += 1
    entry.hasRequest = true
    while let key = try cursor.key(bytes) {
      if key.spells("method", bytes) {
        if let method = try HARValue.text(bytes, &cursor, &entry.hasBadUTF8), !method.isEmpty {
          entry.hasMethod = true
          entry.exchange.method = method
        }
      } else if key.spells("url", bytes) {
        if let text = try HARValue.text(bytes, &cursor, &entry.hasBadUTF8), !text.isEmpty {
          entry.hasURL = true
          (entry.exchange.url, entry.exchange.target) = urls.read(text)
        }
      } else if key.spells("headers", bytes) {
        let facts = try headers.read(bytes, &cursor, .request, into: &entry.exchange.request.list)
        entry.exchange.request.redacted = facts.redacted
        entry.hasHost = facts.hasHost
        entry.hasPseudoHeaders = facts.hasPseudoHeaders
        entry.hasHeaders = facts.count > 0
        entry.isHeaderMap = facts.isMap
        entry.requestFieldBytes = facts.byteCount
        if facts.hasBrowserHeaders { entry.signs.insert(.browserHeaders) }
        if facts.isBadUTF8 { entry.hasBadUTF8 = true }
        if facts.hasSecret { entry.holdsSecrets = true }
      } else if key.spells("cookies", bytes) {
        if try HARValue.isFilledList(bytes, &cursor) {
          entry.hasCookies = true
          entry.holdsSecrets = true
        }
      } else if key.spells("headersSize", bytes) {
        entry.requestHeadersSize = try HARValue.number(bytes, &cursor).flatMap { Int(exactly: $0.rounded()) }
      } else if key.spells("httpVersion", bytes) {
        entry.requestVersion = HTTPVersion(exported: try HARValue.text(bytes, &cursor) ?? "")
      } else {
        try cursor.skipValue(bytes)
      }
    }
  }

  private mutating func response(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ entry: inout HAREntry
  ) throws(JSONError) {
    guard try cursor.next(bytes) == UInt8(ascii: "{") else { return try cursor.skipValue(bytes) }
    cursor.at += 1
    while let key = try cursor.key(bytes) {
      if key.spells("status", bytes) {
        // 0, -1, -999, null and words are the exporters' ways to say that there was no answer.
        if let status = try HARValue.number(bytes, &cursor), status >= 100, status < 1000 {
          entry.exchange.status = Int(status)
        }
      } else if key.spells("headers", bytes) {
        let facts = try headers.read(bytes, &cursor, .response, into: &entry.exchange.response.list)
        entry.exchange.response.redacted = facts.redacted
        entry.hasResponseHeaders = facts.count > 0
        entry.spellsNames = facts.spellsNames
        if facts.isBadUTF8 { entry.hasBadUTF8 = true }
        if facts.hasSecret { entry.holdsSecrets = true }
      } else if key.spells("httpVersion", bytes) {
        entry.exchange.httpVersion = HTTPVersion(exported: try HARValue.text(bytes, &cursor) ?? "")
      } else if key.spells("cookies", bytes) {
        // What an answer sets tells nothing of what its request carried.
        if try HARValue.isFilledList(bytes, &cursor) { entry.holdsSecrets = true }
      } else if key.spells("_error", bytes) {
        entry.error = try HARValue.mark(bytes, &cursor)
        entry.signs.insert(.error)
      } else if key.spells("_failureText", bytes) {
        entry.failureText = try HARValue.mark(bytes, &cursor)
      } else if key.spells("redirectURL", bytes) || key.spells("redirectionURL", bytes) {
        entry.redirectURL = try HARValue.text(bytes, &cursor)
      } else if key.spells("content", bytes) {
        entry.hasContent = try HARValue.hasSize(bytes, &cursor)
      } else if key.spells("headersSize", bytes) {
        entry.responseHeadersSize = try HARValue.number(bytes, &cursor).flatMap { Int(exactly: $0.rounded()) }
      } else if key.spells("bodySize", bytes) {
        entry.responseBodySize = try HARValue.number(bytes, &cursor).flatMap { Int(exactly: $0.rounded()) }
      } else if key.spells("_fetchedViaServiceWorker", bytes) || key.spells("fromServiceWorker", bytes) {
        if try HARValue.isTrue(bytes, &cursor) { entry.exchange.servedByServiceWorker = true }
      } else if key.spells("fromDiskCache", bytes) {
        if try HARValue.isTrue(bytes, &cursor) { entry.exchange.fromCache = true }
      } else if key.spells("statusText", bytes) {
        let text = try HARValue.text(bytes, &cursor) ?? ""
        entry.statusTextSize = text.utf8.count
        if text == "Internal Redirect" { entry.exchange.isSynthetic = true }
      } else {
        try cursor.skipValue(bytes)
      }
    }
  }

  private func started(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ entry: inout HAREntry
  ) throws(JSONError) {
    let first = try cursor.next(bytes)
    let string = first == UInt8(ascii: "\"") ? try cursor.string(bytes) : nil
    let start = string?.start ?? cursor.at
    if string == nil { try cursor.skipValue(bytes) }
    let value = bytes.extracting(start..<(string?.end ?? cursor.at))
    // Nothing is lost where none was written.
    if value.isEmpty || first == UInt8(ascii: "n") { return }
    if let stamp = Timestamp(iso8601: value) ?? Timestamp(sinceEpoch: value) {
      entry.exchange.startedAt = stamp.microseconds
      entry.exchange.clockGranularity = stamp.granularity
      entry.lacksZone = !stamp.hasZone
    } else {
      entry.isTimestampBad = true
      entry.startText = string.map { JSONText.decode(bytes, HeaderReader.limited($0, bytes)).text }
    }
  }

  /// An object with a type and a stack, or the URL of a script.
  private func initiator(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ entry: inout HAREntry
  ) throws(JSONError) {
    switch try cursor.next(bytes) {
    case UInt8(ascii: "{"):
      entry.signs.insert(.initiatorObject)
      entry.exchange.initiator = try InitiatorHash.read(bytes, &cursor)
    case UInt8(ascii: "\""):
      entry.signs.insert(.initiatorText)
      let url = try cursor.string(bytes)
      if url.count > 0 { entry.exchange.initiator = InitiatorHash.of(bytes, url) }
    default: try cursor.skipValue(bytes)
    }
  }
}
