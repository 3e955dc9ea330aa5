import Correlator
import Evidence
import Fetch

/// Writes down what happened, as each kind of recorder would: what it cannot see is lost.
enum Recorders {
  static let url = Recording.api

  /// DevTools: marks failures, keeps no request that was held back but in name.
  static func devTools(_ facts: Exchanged, sanitized: Bool) -> Recording {
    var recording = Recording.chromium
    recording.profile.isSanitized = sanitized
    let hidden = FieldSet(.cookie, .authorization, .setCookie)
    func add(
      _ method: String, _ url: String, _ fields: [HeaderField]?, _ reply: Browser.Reply?, failed: String?,
      kind: ResourceKind
    ) {
      recording.add(method, url, status: reply?.status) {
        $0.kind = kind
        if let fields {
          $0.request.list.fields = fields
        } else {
          $0.delivery = .provisional
          $0.request = HeaderRecord(
            HeaderList(facts.pageHeaders),
            coverage: .only(FieldSet(.contentType, .contentLanguage, .range, .authorization)))
        }
        if let reply { $0.response = HeaderRecord(HeaderList(reply.lines)) }
        $0.httpVersion = reply?.version ?? .unknown
        $0.cookieSent = sanitized && $0.httpVersion == .http2 ? .notRecorded : .recorded(facts.sendsCookie)
        if sanitized {
          for side in [\Exchange.request, \Exchange.response] {
            $0[keyPath: side].list.fields.removeAll { $0.known.map(hidden.contains) ?? false }
            if $0[keyPath: side].coverage == .all { $0[keyPath: side].coverage = .only(every.subtracting(hidden)) }
          }
        }
        $0.outcome = failed.map { .failed($0) } ?? .succeeded
      }
    }
    if facts.needsPreflight {
      add(
        "OPTIONS", url, facts.preflightFields, facts.preflightReply, failed: facts.preflightReply == nil ? reset : nil,
        kind: .preflight)
    }
    guard facts.isSent else {
      let words = facts.preflightTruth == .readable ? "net::ERR_ABORTED" : facts.preflightReply == nil ? reset : generic
      add(facts.method, url, nil, nil, failed: words, kind: .fetch)
      return recording
    }
    guard facts.isCORS else {
      // An opaque answer is stripped of its headers.
      recording.add(facts.method, url, status: 200) {
        $0.delivery = .provisional
        $0.request = HeaderRecord(coverage: .only([]))
      }
      return recording
    }
    let isBlocked = facts.truth != .readable
    add(
      facts.method, url, facts.reply == nil ? nil : facts.sentFields(), facts.reply,
      failed: facts.reply == nil ? reset : isBlocked ? generic : nil, kind: .fetch)
    if let second = facts.secondTruth {
      add(
        facts.method, Exchanged.target, facts.sentFields(origin: "null"), facts.second,
        failed: second == .readable ? nil : generic, kind: .fetch)
    }
    return recording
  }

  /// Firefox's tools: mark nothing.
  static func firefox(_ facts: Exchanged) -> Recording {
    var recording = Recording.firefox
    if facts.needsPreflight, !facts.isSwitchedOff {
      recording.add("OPTIONS", url, status: facts.preflightReply?.status) {
        $0.kind = .preflight
        $0.request.list.fields = facts.preflightFields
        if let reply = facts.preflightReply { $0.response = HeaderRecord(HeaderList(reply.lines)) }
        $0.httpVersion = facts.preflightReply?.version ?? .unknown
      }
    }
    addHops(facts, to: &recording, heldBack: true)
    return recording
  }

  /// A proxy: what was not sent is not there.
  static func proxy(_ facts: Exchanged, namesAgent: Bool) -> Recording {
    var recording = Recording.proxy
    if facts.needsPreflight, !facts.isSwitchedOff {
      recording.add("OPTIONS", url, status: facts.preflightReply?.status) {
        $0.kind = .preflight
        $0.request.list.fields = facts.preflightFields
        if let reply = facts.preflightReply { $0.response = HeaderRecord(HeaderList(reply.lines)) }
        if facts.preflightReply == nil { $0.outcome = .failed("connection reset") }
        $0.httpVersion = facts.preflightReply?.version ?? .unknown
      }
    }
    addHops(facts, to: &recording, heldBack: false)
    // The page's own traffic goes on.
    recording.add("GET", Recording.page + "/later", status: 200) { $0.startedAt = 90_000_000 }
    for index in recording.exchanges.indices {
      recording.exchanges[index].pageOrigin = nil
      if recording.exchanges[index].kind != .preflight { recording.exchanges[index].kind = .unknown }
      if !namesAgent { recording.exchanges[index].request.list.fields.removeAll { $0.known == .userAgent } }
    }
    return recording
  }

  private static func addHops(_ facts: Exchanged, to recording: inout Recording, heldBack: Bool) {
    let marksTransport = recording.profile.recorder == .proxy
    func add(_ url: String, _ fields: [HeaderField], _ reply: Browser.Reply?) {
      recording.add(facts.method, url, status: reply?.status) {
        $0.request.list.fields = fields
        $0.kind = facts.sendsMetadata ? (facts.isCORS ? .fetch : .image) : .unknown
        if let reply { $0.response = HeaderRecord(HeaderList(reply.lines)) }
        $0.httpVersion = reply?.version ?? .unknown
        $0.cookieSent = .recorded(fields.contains { $0.known == .cookie })
        $0.delivery = facts.isSent ? .sent : .notSent
        if reply == nil, facts.isSent, marksTransport { $0.outcome = .failed("connection reset") }
      }
    }
    guard facts.isSent || heldBack else { return }
    add(url, facts.sentFields(), facts.isSent ? facts.reply : nil)
    if facts.secondTruth != nil { add(Exchanged.target, facts.sentFields(origin: "null"), facts.second) }
  }

  /// Lines of a server's log, which keeps of several equal fields what `duplicates` says, and these fields alone.
  static func log(_ facts: Exchanged, duplicates: HeaderRecord.Duplicates, fields: FieldSet, namesAgent: Bool)
    -> [Exchange]
  {
    let recorded = namesAgent ? fields.union(FieldSet(.userAgent)) : fields.subtracting(FieldSet(.userAgent))
    func record(_ list: [HeaderField]) -> HeaderRecord {
      var kept: [HeaderField] = []
      for field in KnownField.allCases where recorded.contains(field) {
        let lines = list.filter { $0.known == field }
        guard let first = lines.first, let last = lines.last else { continue }
        switch duplicates {
        case .firstOnly: kept.append(HeaderField(field, first.value))
        case .lastOnly: kept.append(HeaderField(field, last.value))
        case .joined: kept.append(HeaderField(field, HeaderList(lines).get(field) ?? ""))
        default: kept += lines
        }
      }
      return HeaderRecord(HeaderList(kept), coverage: .only(recorded), duplicates: duplicates)
    }
    func line(_ method: String, _ fields: [HeaderField], _ reply: Browser.Reply, _ entry: Int) -> Exchange {
      var exchange = Exchange(
        locator: Locator(entry: entry, offset: entry * 100), method: method, url: "/x", request: record(fields),
        response: record(reply.lines), status: reply.status)
      exchange.delivery = .sent
      exchange.httpVersion = reply.version
      exchange.startedAt = Int64(entry) * 100_000
      exchange.cookieSent = exchange.request.isPresent(.cookie).map { .recorded($0) } ?? .notRecorded
      return exchange
    }
    var lines: [Exchange] = []
    if facts.needsPreflight, !facts.isSwitchedOff, let reply = facts.preflightReply {
      lines.append(line("OPTIONS", facts.preflightFields, reply, 1))
    }
    if facts.isSent, let reply = facts.reply { lines.append(line(facts.method, facts.sentFields(), reply, 2)) }
    return lines
  }

  static let generic = "net::ERR_FAILED"
  static let reset = "net::ERR_CONNECTION_RESET"
  static let every = KnownField.allCases.reduce(into: FieldSet()) { $0.insert($1) }
}
