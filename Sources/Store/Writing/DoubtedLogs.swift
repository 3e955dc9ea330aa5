import Correlator
import Evidence

/// Logs whose answers are not, or need not be, those that browsers got: what was said on them is taken back, or called assumed.
struct DoubtedLogs {
  private let connection: Connection
  private let words: Dictionaries

  init(_ writer: StoreWriter) {
    connection = writer.connection
    words = writer.dictionaries
  }

  /// Doubts these sources and no others: what an earlier pass doubted says again by now what its lines say.
  func doubt(_ signs: [Int32: UnseenAnswers.Sign]) throws(StoreError) {
    for (source, sign) in signs.sorted(by: { $0.key < $1.key }) { try doubt(source, sign) }
    try note(signs.keys, as: Doubts.any)
    try note(signs.filter { $0.value == .followedThoughRefused }.keys, as: Doubts.contradicted)
  }

  private func note(_ sources: Dictionary<Int32, UnseenAnswers.Sign>.Keys, as key: String) throws(StoreError) {
    let json = "[" + sources.sorted().map(String.init).joined(separator: ",") + "]"
    try connection.execute("INSERT OR REPLACE INTO meta VALUES ('\(key)', '\(json)')")
  }

  private func doubt(_ source: Int32, _ sign: UnseenAnswers.Sign) throws(StoreError) {
    let rows = "BETWEEN \(Int64(source) << 32) AND \(Int64(source) << 32 | 0xFFFF_FFFF)"
    try connection.execute(
      """
      CREATE TEMP TABLE doubt (judgement, evidence, decision, other_judgement, other_evidence, loses_fix,
        PRIMARY KEY (judgement, evidence))
      """)
    let columns = Schema.judgementColumns.map { "j.\($0)" }.joined(separator: ", ")
    let found = try connection.prepare(
      """
      SELECT v.judgement, v.evidence, t.value, \(columns)
      FROM (SELECT DISTINCT judgement, evidence FROM verdict WHERE id \(rows)) v
        JOIN judgement j ON j.id = v.judgement LEFT JOIN text t ON t.id = v.evidence
      """)
    let note = try connection.prepare("INSERT INTO temp.doubt VALUES (?, ?, ?, ?, ?, ?)")
    while try found.step() {
      let judgement = Schema.judgementColumns.indices.map { Cell(found.text(3 + $0)) }
      guard let (decision, doubted) = DoubtedLogs.doubted(judgement, sign) else { continue }
      note.bind(found.int(0), 0)
      note.bind(found.intOrNil(1), 1)
      note.bind(Schema.code(decision), 2)
      note.bind(try words.judgement(doubted), 3)
      note.bind(try words.id(evidence: found.text(2), and: sign.fact), 4)
      note.bind(decision == .undetermined ? 1 : 0, 5)
      try note.run()
    }
    try connection.execute(
      """
      UPDATE verdict SET decision = d.decision, judgement = d.other_judgement, evidence = d.other_evidence,
        fix = CASE WHEN d.loses_fix THEN NULL ELSE fix END
      FROM temp.doubt d
      WHERE verdict.id \(rows) AND d.judgement = verdict.judgement AND d.evidence IS verdict.evidence;
      DROP TABLE temp.doubt;
      """)
    guard sign == .followedThoughRefused else { return }
    try connection.execute("UPDATE preflight SET outcome = 'undetermined' WHERE id \(rows) AND outcome = 'refused'")
  }

  /// What becomes of a judgement; `nil` where it stands.
  private static func doubted(_ judgement: [Cell], _ sign: UnseenAnswers.Sign) -> (Verdict.Decision, [Cell])? {
    var row = Dictionary(uniqueKeysWithValues: zip(Schema.judgementColumns, judgement))
    guard case .text(let name)? = row["verdict"], let decision = Verdict.Decision(rawValue: name) else { return nil }
    if decision == .blocked, sign == .followedThoughRefused {
      if row["candidates"] == .null, case .text(let key)? = row["reason"] {
        row["candidates"] = .text(EvidenceJSON.strings([key]))
      }
      let open = Verdict.Decision.undetermined
      for engine in ["verdict", "chromium", "firefox", "webkit"] { row[engine] = .text(open.rawValue) }
      for lost in ["reason", "chromium_error", "root_cause"] { row[lost] = .null }
      row["certainty"] = .text(Verdict.Certainty.possible.rawValue)
      return (open, Schema.judgementColumns.map { row[$0] ?? .null })
    }
    guard row["certainty"] == .text(Verdict.Certainty.certain.rawValue) else { return nil }
    row["certainty"] = .text(Verdict.Certainty.inferred.rawValue)
    return (decision, Schema.judgementColumns.map { row[$0] ?? .null })
  }
}

extension UnseenAnswers.Sign {
  fileprivate var fact: Fact {
    switch self {
    case .followedThoughRefused:
      Fact(
        "answer",
        "not the one that browsers got: requests came though this log shows their preflights refused, so a proxy in front answers",
        from: "inference")
    case .sometimesFollowed:
      Fact(
        "answer",
        "assumed to reach the browser as it was logged: some requests came though this log shows their preflights refused",
        from: "inference")
    case .withoutPreflights:
      Fact(
        "answer",
        "assumed to reach the browser as it was logged: requests that need a preflight came, and none is in this log",
        from: "inference")
    }
  }
}
