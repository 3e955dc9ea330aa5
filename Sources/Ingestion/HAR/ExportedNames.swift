import Evidence
import Fetch

extension ResourceKind {
  /// From `_resourceType`, in whatever case.
  init(exported type: String) {
    if let exact = ResourceKind(rawValue: type), exact != .unknown {
      self = exact
      return
    }
    let type = type.asciiLowercased()
    switch type {
    case "": self = .unknown
    case "csp-violation-report", "cspviolationreport", "beacon": self = .ping
    case "signed-exchange", "prefetch", "webtransport": self = .other
    case "iframe", "frame", "mainframe": self = .document
    default: self = ResourceKind(rawValue: type) ?? .other
    }
  }

  /// From `Sec-Fetch-Dest` (Fetch Metadata, 2.1): fetch and XMLHttpRequest are both `empty`.
  init(destination: String) {
    switch destination.asciiLowercased() {
    case "empty": self = .fetch
    case "document", "iframe", "frame", "fencedframe", "object", "embed": self = .document
    case "script", "worker", "sharedworker", "serviceworker", "audioworklet", "paintworklet", "json": self = .script
    case "style", "xslt": self = .stylesheet
    case "image": self = .image
    case "audio", "video": self = .media
    case "font": self = .font
    case "track": self = .texttrack
    case "manifest": self = .manifest
    case "websocket": self = .websocket
    case "report": self = .other
    default: self = .unknown
    }
  }
}

extension HTTPVersion {
  /// From `httpVersion`, which every exporter spells in its own way.
  init(exported text: String) {
    // The spellings of most exporters, before any folding of case.
    switch text {
    case "": self = .unknown
    case "HTTP/1.1", "http/1.1": self = .http11
    case "http/2.0", "HTTP/2", "h2": self = .http2
    case "h3", "HTTP/3": self = .http3
    default: self = HTTPVersion(unusual: text)
    }
  }

  private init(unusual text: String) {
    let text = text.asciiLowercased()
    switch text {
    case "http/1.1": self = .http11
    case "http/2.0", "http/2", "h2", "h2c", "spdy", "http/2+quic/46": self = .http2
    case "http/3", "http/3.0", "h3": self = .http3
    case "http/1.0": self = .http10
    case "http/0.9": self = .http09
    default: self = text.hasPrefix("h3-") || text.hasPrefix("http/3") ? .http3 : .unknown
    }
  }
}
