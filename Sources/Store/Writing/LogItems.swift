package import Correlator
package import Evidence

/// What a line of a server's log leaves for the pairing: a row of `log_item`.
extension Import {
  /// The row id of an item of this input.
  package func rowID(_ locator: Locator) throws(StoreError) -> Int64 { try id(locator) }

  /// Adds the verdict on one line, made from what lines of its kind have in common.
  package func add(
    _ template: VerdictTemplate, on exchange: Exchange, of subject: LogSubject
  ) throws(StoreError) {
    let place = try id(exchange.locator)
    let common = try common(template)
    let verdict = template.verdict
    let row = writer.insertVerdict
    row.bind(place, 0)
    row.bind(common[0], 1)
    row.bind(try writer.dictionaries.subject(of: subject), 2)
    row.bind(common[1], 3)
    row.bind(try writer.dictionaries.id(exchange.client), 4)
    row.bind(exchange.startedAt, 5)
    row.bind(verdict.exchange == nil ? nil : place, 6)
    row.bind(verdict.preflight == nil ? nil : place, 7)
    row.bind(verdict.exchange == nil ? nil : exchange.status, 8)
    row.bind(common[2], 9)
    row.bind(common[3], 10)
    row.bind(writer.dictionaries.redaction.url(exchange.url), 11)
    try row.run()
  }

  /// Leaves an item to be paired, with the verdict that it will get.
  package func add(
    _ item: PairingItem, _ judged: LogJudge.Judged, of subject: LogSubject
  ) throws(StoreError) {
    var kind: Int64 = (item.isSafelisted ? LogItemKind.safelisted : 0) | (item.knowsStart ? LogItemKind.knowsStart : 0)
    var own: [Int64?]?
    var other: [Int64?]?
    switch judged {
    case .preflight(let alone, let amongFollowed, let refusesCredentials):
      kind |= LogItemKind.preflight | (refusesCredentials ? LogItemKind.refusesCredentials : 0)
      own = try common(alone)
      if let amongFollowed { other = try common(amongFollowed) }
    case .possible(let template):
      kind |= LogItemKind.possible
      own = try common(template)
    case .request(let asRecorded, let withoutCredentials?):
      own = try common(asRecorded)
      other = try common(withoutCredentials)
    case .request, .refused, .none: break
    }
    let row = writer.insertLogItem
    row.bind(item.id, 0)
    row.bind(kind, 1)
    row.bind(Int64(item.method), 2)
    row.bind(item.start, 3)
    row.bind(item.end, 4)
    row.bind(item.granularity, 5)
    row.bind(Int64(bitPattern: item.key), 6)
    row.bind(Int64(bitPattern: item.client), 7)
    row.bind(Int64(bitPattern: item.origin), 8)
    row.bind(Int64(bitPattern: item.connection), 9)
    row.bind(item.lifetime, 10)
    row.bind(own?[0], 11)
    row.bind(own == nil ? nil : try writer.dictionaries.subject(of: subject), 12)
    for index in 1..<4 { row.bind(own?[index], 12 + index) }
    for index in 0..<4 { row.bind(other?[index], 16 + index) }
    try row.run()
  }

  /// Decision, judgement, evidence and fix of a template, as the store keeps them.
  private func common(_ template: VerdictTemplate) throws(StoreError) -> [Int64?] {
    if let known = template.storedAs { return known }
    let words = writer.dictionaries
    let verdict = template.verdict
    let stored: [Int64?] = [
      Schema.code(verdict.decision), try words.judgement(of: verdict),
      try words.id(evidence: verdict.evidence), try words.id(verdict.fix),
    ]
    template.storedAs = stored
    return stored
  }
}

/// The bits of `log_item.kind`.
enum LogItemKind {
  static let preflight: Int64 = 1
  /// A request that gets its verdict only with a preflight: nothing else shows that it ran under CORS.
  static let possible: Int64 = 2
  static let safelisted: Int64 = 4
  static let knowsStart: Int64 = 8
  /// A preflight whose follow-up shows that no credentials were included.
  static let refusesCredentials: Int64 = 16
}
