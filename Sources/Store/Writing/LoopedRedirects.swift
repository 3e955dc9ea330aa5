import Correlator

/// Requests that were given up because their redirects did not end: each line is judged by itself, and the loop shows in all of them.
struct LoopedRedirects {
  /// SQL for the statuses of verdicts that may be changed here.
  static let statuses = "verdict.status IN (301, 302, 303, 307, 308)"

  private let connection: Connection
  private let words: Dictionaries
  private let change: VerdictChange
  private let reader: JudgedReader

  init(_ writer: StoreWriter, _ change: VerdictChange) throws(StoreError) {
    connection = writer.connection
    words = writer.dictionaries
    reader = try JudgedReader(connection)
    self.change = change
  }

  func judge() throws(StoreError) {
    for loop in try find() { try judge(loop) }
  }

  /// Lines that name no client are nobody's: what they lead to cannot be followed.
  private func find() throws(StoreError) -> [RedirectLoops.Loop] {
    let isRecorded =
      "r.recorded = 'all' OR instr(char(10) || r.recorded || char(10), char(10) || 'location' || char(10))"
    let row = try connection.prepare(
      """
      SELECT e.id, e.started_at, coalesce(e.duration, 0), e.client, coalesce(e.user_agent, 0), e.url,
        nullif(r.location, '[redacted]'), r.location IS NULL AND (\(isRecorded))
      FROM verdict JOIN source s ON s.id = verdict.id >> 32 AND s.kind = 'log'
        JOIN exchange e ON e.id = verdict.id JOIN response_set r ON r.id = e.response_set
      WHERE \(LoopedRedirects.statuses) AND e.client IS NOT NULL AND e.started_at IS NOT NULL
      ORDER BY e.started_at, e.id
      """)
    defer { row.reset() }
    var loops = RedirectLoops()
    var found: [RedirectLoops.Loop] = []
    while try row.step() {
      // A redirect that leads nowhere is an answer like others.
      guard row.int(7) == 0 else { continue }
      let start = row.int(1)
      let line = RedirectedLine(
        id: row.int(0), asker: UInt64(truncatingIfNeeded: row.int(3) << 32 | row.int(4)), url: row.text(5) ?? "",
        location: row.text(6), start: start, end: start + row.int(2))
      loops.add(line) { found.append($0) }
    }
    loops.finish { found.append($0) }
    return found
  }

  private func judge(_ loop: RedirectLoops.Loop) throws(StoreError) {
    guard let last = loop.hops.last else { return }
    var followed: [(id: Int64, verdict: Verdict)] = []
    var isWithoutCredentials = false
    for id in loop.hops.dropLast() {
      guard let hop = try reader.judged(id)?.judged else { return }
      let found = hop.asFollowed()
      guard found.verdict.decision != .blocked else { return }
      isWithoutCredentials = isWithoutCredentials || found.isWithoutCredentials
      if hop.verdict.decision == .undetermined { followed.append((id, found.verdict)) }
    }
    guard let end = try reader.judged(last)?.judged else { return }
    let verdict = end.asOneTooMany(isRecorded: loop.isRecorded, isWithoutCredentials: isWithoutCredentials)
    guard verdict.reason == .didNotSucceed else { return }
    try change.make(try words.said(verdict), of: last)
    guard loop.isRecorded else { return }
    for hop in followed { try change.make(try words.said(hop.verdict), of: hop.id) }
  }
}
