import Correlator
import Evidence
import Fetch

/// The tables of what repeats, and how an exchange's or a verdict's parts become rows of them.
final class Dictionaries {
  private let text: Interner
  private let requestSet: Interner
  private let responseSet: Interner
  private let trait: Interner
  private let subject: Interner
  private let judgement: Interner
  private let lineKind: Interner
  private let hash: SipHash
  let redaction: Redaction
  private let print = Fingerprint()

  init(_ connection: Connection, key: StoreKey, keepSecrets: Bool) throws(StoreError) {
    hash = key.hash
    redaction = Redaction(key: key, keepSecrets: keepSecrets)
    func table(_ name: String, _ columns: [String], _ capacity: Int) throws(StoreError) -> Interner {
      try Interner(connection, hash: key.hash, table: name, columns: columns, capacity: capacity)
    }
    text = try table("text", ["value"], 1 << 18)
    requestSet = try table("request_set", Schema.requestSetColumns, 1 << 17)
    responseSet = try table("response_set", Schema.responseSetColumns, 1 << 17)
    trait = try table("trait", Schema.traitColumns, 1 << 12)
    subject = try table("subject", Schema.subjectColumns, 1 << 16)
    judgement = try table("judgement", Schema.judgementColumns, 1 << 12)
    lineKind = try table("line_kind", Schema.lineKindColumns, 1 << 12)
  }

  private var all: [Interner] { [text, requestSet, responseSet, trait, subject, judgement, lineKind] }

  func rollBack() { for table in all { table.rollBack() } }

  /// A text in which secrets may stand.
  func id(_ value: String) throws(StoreError) -> Int64 {
    try text.id(hash(value)) { [.text(redaction.text(value))] }
  }

  func id(_ value: String?) throws(StoreError) -> Int64? {
    guard let value else { return nil }
    return try id(value) as Int64
  }

  func id(evidence facts: [Fact]) throws(StoreError) -> Int64? {
    if facts.isEmpty { return nil }
    print.clear()
    for fact in facts {
      print.add(fact.fact)
      print.add(fact.value)
      print.add(fact.from)
    }
    return try text.id(print.hash(hash)) { [.text(EvidenceJSON.write(facts, redaction: redaction))] }
  }

  /// Evidence with a fact more.
  func id(evidence json: String?, and fact: Fact) throws(StoreError) -> Int64 {
    let longer = EvidenceJSON.write([fact], after: json, redaction: redaction)
    return try text.id(hash(longer)) { [.text(longer)] }
  }

  // MARK: What an exchange is made of

  func trait(of exchange: Exchange) throws(StoreError) -> Int64 {
    let (outcome, error): (String?, String?) =
      switch exchange.outcome {
      case .notMarked: (nil, nil)
      case .succeeded: ("succeeded", nil)
      case .failed(let words): ("failed", words)
      }
    let delivery: StaticString =
      switch exchange.delivery {
      case .sent: "sent"
      case .provisional: "provisional"
      case .notSent: "not-sent"
      case .unknown: "unknown"
      }
    let cookie: Cell =
      switch exchange.cookieSent {
      case .recorded(let sent): .int(sent ? 1 : 0)
      case .notRecorded: .null
      case .redacted: .int(1)
      }
    print.clear()
    print.add(exchange.method)
    print.add(error)
    print.add(exchange.pageOrigin)
    print.add(exchange.httpVersion.rawValue)
    print.add(exchange.kind.rawValue)
    print.add(tag: outcome == nil ? 0 : 1)
    print.add(tag: delivery.utf8Start[0])
    print.add(cookie)
    print.add(
      tag: (exchange.fromCache ? 1 : 0) | (exchange.servedByServiceWorker ? 2 : 0) | (exchange.isSynthetic ? 4 : 0))
    return try trait.id(print.hash(hash)) {
      [
        .text(exchange.method),
        Cell(exchange.httpVersion == .unknown ? nil : exchange.httpVersion.rawValue),
        Cell(exchange.kind == .unknown ? nil : exchange.kind.rawValue), Cell(outcome), Cell(error.map(redaction.text)),
        .text("\(delivery)"), cookie, Cell(exchange.pageOrigin.map(redaction.text)),
        .int(exchange.fromCache ? 1 : 0), .int(exchange.servedByServiceWorker ? 1 : 0),
        .int(exchange.isSynthetic ? 1 : 0),
      ]
    }
  }

  /// The ids of a request's headers: the set of those that repeat together, and those that vary alone.
  func request(
    of record: HeaderRecord
  ) throws(StoreError) -> (set: Int64, userAgent: Int64?, referer: Int64?) {
    print.clear()
    var alone: (userAgent: Int, referer: Int) = (-1, -1)
    // By index: a field copied out of the array costs four reference counts.
    for index in record.list.fields.indices {
      switch record.list.fields[index].known {
      case nil: print.add(record.list.fields[index].name)
      case .userAgent: alone.userAgent = alone.userAgent < 0 ? index : -2
      case .referer: alone.referer = alone.referer < 0 ? index : -2
      case let known?:
        if HeaderSet.requestPositions[Int(known.rawValue)] >= 0 {
          print.add(tag: known.rawValue)
          print.add(record.list.fields[index].value)
        } else {
          print.add(record.list.fields[index].name)
        }
      }
    }
    addFacts(record)
    let set = try requestSet.id(print.hash(hash)) { HeaderSet.requestRow(record, redaction) }
    return (
      set, try id(of: .userAgent, at: alone.userAgent, in: record), try id(of: .referer, at: alone.referer, in: record)
    )
  }

  /// A field's only value, with nothing around it; its secrets are left out.
  func id(_ value: String, of field: KnownField) throws(StoreError) -> Int64 {
    try text.id(hash(value)) { [.text(redaction.value(value, of: field))] }
  }

  /// The id of a field that stands alone: at this index, nowhere (-1), or in several lines (-2).
  private func id(of field: KnownField, at index: Int, in record: HeaderRecord) throws(StoreError) -> Int64? {
    if index >= 0, !record.redacted.contains(field) {
      return try text.id(hash(record.list.fields[index].value)) {
        [Cell(HeaderSet.value(of: field, in: record, redaction))]
      }
    }
    guard let value = HeaderSet.value(of: field, in: record, redaction) else { return nil }
    return try text.id(hash(value)) { [.text(value)] }
  }

  func responseSet(of record: HeaderRecord) throws(StoreError) -> Int64 {
    print.clear()
    for index in record.list.fields.indices {
      guard let known = record.list.fields[index].known, HeaderSet.responsePositions[Int(known.rawValue)] >= 0 else {
        continue
      }
      print.add(tag: known.rawValue)
      print.add(record.list.fields[index].value)
    }
    addFacts(record)
    return try responseSet.id(print.hash(hash)) { HeaderSet.responseRow(record, redaction) }
  }

  private func addFacts(_ record: HeaderRecord) {
    print.add(record.redacted.rawValue)
    if case .only(let fields) = record.coverage { print.add(fields.rawValue) }
  }

  // MARK: What a verdict is made of

  func subject(of verdict: Verdict) throws(StoreError) -> Int64 {
    try subject([
      Cell(try id(verdict.origin)), Cell(try id(verdict.targetOrigin)), .int(try id(verdict.endpoint)),
      .int(try id(verdict.method)),
    ])
  }

  func subject(_ names: LineRuling.Names, endpoint: Int64) throws(StoreError) -> Int64 {
    try subject([Cell(names.origin), Cell(names.targetOrigin), .int(endpoint), .int(names.method)])
  }

  private func subject(_ parts: [Cell]) throws(StoreError) -> Int64 {
    print.clear()
    for part in parts { print.add(part) }
    return try subject.id(print.hash(hash)) { parts }
  }

  /// The row of a kind of lines.
  func kind(_ parts: [Cell]) throws(StoreError) -> Int64 {
    print.clear()
    for part in parts { print.add(part) }
    return try lineKind.id(print.hash(hash)) { parts }
  }

  func said(_ verdict: Verdict) throws(StoreError) -> Said {
    Said(
      decision: Schema.code(verdict.decision), judgement: try judgement(of: verdict),
      evidence: try id(evidence: verdict.evidence), fix: try id(verdict.fix))
  }

  /// The row of a judgement with these columns.
  func judgement(_ row: [Cell]) throws(StoreError) -> Int64 {
    print.clear()
    for cell in row { print.add(cell) }
    return try judgement.id(print.hash(hash)) { row }
  }

  private func judgement(of verdict: Verdict) throws(StoreError) -> Int64 {
    print.clear()
    print.add(verdict.decision.rawValue)
    print.add(verdict.reason?.rawValue)
    print.add(verdict.phase?.rawValue)
    print.add(verdict.certainty.rawValue)
    print.add(verdict.recordedBy.rawValue)
    print.add(verdict.engines.chromium.rawValue)
    print.add(verdict.engines.firefox.rawValue)
    print.add(verdict.engines.webkit.rawValue)
    print.add(verdict.chromiumError?.rawValue)
    print.add(verdict.rootCause)
    for candidate in verdict.candidates { print.add(candidate.rawValue) }
    return try judgement.id(print.hash(hash)) {
      [
        .text(verdict.decision.rawValue), Cell(verdict.reason?.rawValue), Cell(verdict.phase?.rawValue),
        .text(verdict.certainty.rawValue), Cell(EvidenceJSON.write(candidates: verdict.candidates)),
        .text(verdict.recordedBy.rawValue), .text(verdict.engines.chromium.rawValue),
        .text(verdict.engines.firefox.rawValue), .text(verdict.engines.webkit.rawValue),
        Cell(verdict.chromiumError?.rawValue), Cell(verdict.rootCause),
      ]
    }
  }
}
