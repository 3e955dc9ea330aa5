package import Correlator
package import Evidence
import Fetch

/// Lines of a log on their way into rows: what they have in common is worked out once, and found again by their parts.
extension Import {
  /// What is known of a line; `nil` where something in it is new, and the whole exchange is wanted.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - context: Where it stands, and its parts.
  ///   - folded: A hash of its server and its folded path, where that tells its endpoint; asked for only if the path is new.
  package func known(
    _ line: LoggedLine, _ context: LineContext, folded: () -> UInt64?
  ) throws(StoreError) -> KnownLine? {
    let found = try knownParts.find(context.parts, folded: folded) { (text) throws(StoreError) in
      try learn(text, of: line, context.parts)
    }
    guard let found else { return nil }
    var known = KnownLine(ids: found.ids, asker: found.asker)
    if context.takesPart {
      guard let kind = knownParts.kind(context.parts, status: line.status, referer: { line.text(line.referer) }),
        let ruling = knownParts.ruling(kind)
      else { return nil }
      try place(ruling, in: &known)
    }
    return known
  }

  /// Learns a text of a line, if it is one as it stands.
  private func learn(
    _ text: KnownParts.Text, of line: LoggedLine, _ parts: LineParts
  ) throws(StoreError) {
    let words = writer.dictionaries
    switch text {
    case .client:
      guard let client = line.text(line.client) else { return }
      knownParts.remember(text, client, of: parts, try words.id(client))
    case .userAgent:
      guard let agent = line.text(line.userAgent) else { return }
      knownParts.remember(text, agent, of: parts, try words.id(agent, of: .userAgent))
    case .referer:
      guard let referer = line.text(line.referer) else { return }
      knownParts.remember(text, referer, of: parts, try words.id(referer, of: .referer))
    }
  }

  /// Learns what a line is made of, for those that will have the same parts.
  ///
  /// - Parameters:
  ///   - exchange: The line; its secrets stay out.
  ///   - context: Its parts, and whether it may take part in CORS.
  ///   - subject: Who asked what of whom in it.
  ///   - folded: A hash of its server and its folded path, where that tells its endpoint.
  ///   - judge: Says what it is to CORS; not asked for a line that takes no part in it.
  package func learn(
    _ exchange: Exchange, _ context: LineContext, _ subject: LogSubject, folded: UInt64?,
    judge: () -> LogJudge.Judged
  ) throws(StoreError) -> KnownLine {
    var known: KnownLine
    if let found = try find(context.parts) {
      known = found
    } else {
      known = try learn(exchange, context.parts, endpoint: subject.endpoint, folded: folded)
    }
    guard context.takesPart else { return known }
    let kind = knownParts.kind(context.parts, status: exchange.status) { exchange.request.value(.referer) }
    var ruling = kind.flatMap { knownParts.ruling($0) }
    if ruling == nil {
      let made = try self.ruling(judge(), on: exchange, of: subject)
      if let kind { knownParts.remember(made, kind) }
      ruling = made
    }
    if let ruling { try place(ruling, in: &known) }
    return known
  }

  private func find(_ parts: LineParts) throws(StoreError) -> KnownLine? {
    guard let found = try knownParts.find(parts, folded: { nil }, learn: { _ in }) else { return nil }
    return KnownLine(ids: found.ids, asker: found.asker)
  }

  /// Learns all parts of a line by its exchange.
  private func learn(
    _ exchange: Exchange, _ parts: LineParts, endpoint: String, folded: UInt64?
  ) throws(StoreError) -> KnownLine {
    let request = exchange.request
    let (client, agent, referer) = (exchange.client, request.value(.userAgent), request.value(.referer))
    let ids = try ids(exchange, endpoint: endpoint)
    knownParts.remember(parts, ids, folded: folded)
    if let client { knownParts.remember(.client, client, of: parts, ids.client) }
    if let agent { knownParts.remember(.userAgent, agent, of: parts, ids.userAgent) }
    if let referer { knownParts.remember(.referer, referer, of: parts, ids.referer) }
    return KnownLine(ids: ids, asker: LineAsker(client: client, userAgent: agent))
  }

  private func place(_ ruling: LineRuling, in known: inout KnownLine) throws(StoreError) {
    known.ruling = ruling
    guard ruling.said != nil || ruling.item != nil, let endpoint = known.ids.endpoint else { return }
    known.subject = try knownParts.subject(ruling.names, endpoint: endpoint) { () throws(StoreError) in
      try writer.dictionaries.subject(ruling.names, endpoint: endpoint)
    }
  }

  /// Adds a line.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - url: Its URL; its secrets stay out.
  ///   - known: What was learned of it.
  /// - Returns: What is to be left for the pairing, as soon as its time is known for good.
  package func add(
    _ line: LoggedLine, at url: UnsafeRawBufferPointer, _ known: KnownLine
  ) throws(StoreError) -> (item: PairingItem, line: PairedLine)? {
    let id = try id(line.locator)
    let row = writer.insertExchange
    row.begin(id)
    row.bind(line.startedAt, 1)
    row.bind(line.duration, 2)
    if let redacted = writer.dictionaries.redaction.url(url) { row.bind(redacted, 4) } else { row.bind(url, 4) }
    row.bind(line.status, 6)
    try finish(row, known.ids)
    guard let ruling = known.ruling else { return nil }
    let place = RequestPlace(
      id: id, subject: known.subject, client: known.ids.client, startedAt: line.startedAt, status: line.status)
    if let said = ruling.said { try writer.add(said, at: place, request: id, preflight: nil) }
    return ruling.item.map {
      (
        PairingItem(line, url: url, id: id, $0.pairing, known.asker, subject: known.subject),
        PairedLine(kind: $0.kind, place: place)
      )
    }
  }

  /// Leaves an item of a line to be paired.
  ///
  /// - Parameters:
  ///   - item: The item, with its time refined as far as it can be.
  ///   - line: The line, of which the item was made.
  package func add(_ item: PairingItem, of line: PairedLine) throws(StoreError) {
    let row = writer.insertLogItem
    row.begin(item.id)
    row.bind(line.kind, 1)
    row.bind(line.place.subject, 2)
    row.bind(item.knowsStart ? item.start : nil, 3)
    row.bind(item.end, 4)
    row.bind(item.granularity, 5)
    row.bind(Int64(bitPattern: item.key), 6)
    row.bind(Int64(bitPattern: item.client), 7)
    row.bind(Int64(bitPattern: item.connection), 8)
    try row.end()
    writer.freshItems.add(item, line)
  }
}

/// A line that waits for the pairing.
package struct PairedLine {
  /// Its row of `line_kind`.
  var kind: Int64
  var place: RequestPlace
}
