package import Fetch

/// Where in its source something was recorded.
package struct Locator: Hashable, Sendable {
  /// The 1-based position among the source's items: HAR entry or log line.
  package var entry: Int
  /// The byte at which the item begins.
  package var offset: Int

  package init(entry: Int, offset: Int) {
    self.entry = entry
    self.offset = offset
  }
}

/// One request and, where there was one, its answer, as one recorder saw it.
package struct Exchange: Sendable {
  package var locator: Locator
  /// Microseconds since 1970-01-01T00:00:00Z.
  package var startedAt: Int64?
  /// Microseconds from the request's start to its end.
  package var duration: Int64?
  /// When it was over, where the recorder says: a log's line is written then, and `startedAt` may only be worked out from it.
  package var endedAt: Int64?
  /// How finely `startedAt` is recorded, in microseconds.
  package var clockGranularity: Int64 = 1000
  /// Who asked: a log's remote address or its stand-in.
  package var client: String?
  /// The server's number of the connection that it came on.
  package var connection: String?

  package var method: String
  /// The target as recorded, without its fragment: absolute, or a path alone where the log does not name the host.
  package var url: String
  package var target: URLRecord?
  /// The target with its variable parts folded, where somebody has worked it out.
  package var endpoint: String?
  package var httpVersion: HTTPVersion = .unknown

  package var request: HeaderRecord
  package var response: HeaderRecord
  /// `nil` where no answer was received, or its status was not recorded.
  package var status: Int?
  package var outcome: Outcome = .notMarked
  package var delivery: Delivery = .unknown

  package var kind: ResourceKind = .unknown
  /// Whether a cookie travelled with the request, where headers or byte counts tell.
  package var cookieSent: Recorded<Bool> = .notRecorded
  /// The serialised origin of the page or frame that asked, from what the exporter says of pages.
  package var pageOrigin: String?
  /// Equal for requests that the same line of script, or the same element, began.
  package var initiator: Int?
  /// Whether the exporter ties the entry to a page: Chromium's entries of workers are not.
  package var hasPage = true
  /// The exporter's id of this request, and of the request that a preflight was made for.
  package var exporterID: String?
  package var announces: String?
  /// Whether the browser took the body that the answer announced; `nil` where nothing tells. One that it refuses to a page it takes all
  /// the same.
  package var bodyWasTaken: Bool?
  /// Whether a proxy may have kept the answer from the browser, and told it of a bad gateway: nothing is recorded of the body that the
  /// head announces.
  package var mayBeWithheld = false
  package var fromCache = false
  package var servedByServiceWorker = false
  /// The answer was made up by the tool or the browser and never came from the server.
  package var isSynthetic = false

  package init(
    locator: Locator, method: String, url: String, target: URLRecord? = nil, request: HeaderRecord = HeaderRecord(),
    response: HeaderRecord = HeaderRecord(), status: Int? = nil
  ) {
    self.locator = locator
    self.method = method
    self.url = url
    self.target = target
    self.request = request
    self.response = response
    self.status = status
  }

  /// Whether an answer came: Firefox loses the status of requests whose page is gone, and keeps their headers.
  package var wasAnswered: Bool { status != nil || !response.list.fields.isEmpty }

  /// What the recorder says became of the request at the client.
  package enum Outcome: Equatable, Sendable {
    /// This recorder marks nothing: a blocked answer looks like a good one.
    case notMarked
    /// This recorder would have marked a failure, and did not.
    case succeeded
    /// The recorder's own words: `net::ERR_FAILED`.
    case failed(String)
  }

  /// Whether the request reached the network.
  package enum Delivery: Sendable {
    /// Headers as sent were recorded, or an answer came.
    case sent
    /// Only the headers that the page asked for are here: it was held back, or its real headers were not seen.
    case provisional
    /// The recorder shows that it was never sent.
    case notSent
    case unknown
  }
}

/// The protocol version, as far as verdicts depend on it: HTTP/2 and later send field names in lower case.
package enum HTTPVersion: String, Sendable {
  case unknown = ""
  case http09 = "HTTP/0.9"
  case http10 = "HTTP/1.0"
  case http11 = "HTTP/1.1"
  case http2 = "HTTP/2"
  case http3 = "HTTP/3"
}

/// What asked for the resource, in the exporters' and `Sec-Fetch-Dest`'s terms.
package enum ResourceKind: String, Sendable {
  case unknown, preflight, fetch, xhr, document, script, stylesheet, image, media, font, texttrack, eventsource
  case websocket, manifest, ping, other
}

extension Exchange {
  /// The endpoint, worked out now if nobody has; `nil` where the target was not recorded whole.
  package var foldedEndpoint: String? { endpoint ?? target.map(Endpoint.of) }
}
