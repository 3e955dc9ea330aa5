import Correlator

/// The tables behind the views.
///
/// They are internal and may change with `version`; the views are the interface.
///
/// What repeats is stored once: texts in `text`, and whole combinations (a side's headers, the circumstances of an
/// exchange, who asked what of whom, the judgement) in tables of their own, each found by a hash of its content.
package enum Schema {
  /// `PRAGMA user_version`.
  package static let version = 5
  /// `PRAGMA application_id`: "CORS".
  package static let applicationID = 0x434F_5253

  /// What `verdict.decision` holds; the partial index on failures needs a constant.
  static let blocked: Int64 = 0
  static let allowed: Int64 = 1
  static let undetermined: Int64 = 2

  static func code(_ decision: Verdict.Decision) -> Int64 {
    switch decision {
    case .blocked: blocked
    case .allowed: allowed
    case .undetermined: undetermined
    }
  }

  static let traitColumns = [
    "method", "http_version", "kind", "outcome", "error", "delivery", "cookie_sent", "page_origin", "from_cache",
    "service_worker", "synthetic",
  ]

  static let judgementColumns = [
    "verdict", "reason", "phase", "certainty", "candidates", "recorded_by", "chromium", "firefox", "webkit",
    "chromium_error", "root_cause",
  ]

  static let subjectColumns = ["origin", "target_origin", "endpoint", "method"]

  static let lineKindColumns = [
    "flags", "method", "origin", "lifetime", "host", "port", "decision", "judgement", "evidence", "fix",
    "other_decision", "other_judgement", "other_evidence", "other_fix", "announced_origin", "announced_method",
    "announced_headers",
  ]

  static let requestSetColumns = HeaderColumns.request.map(HeaderColumns.column) + ["recorded", "other_names"]
  static let responseSetColumns = HeaderColumns.response.map(HeaderColumns.column) + ["recorded"]

  private static func dictionary(_ name: String, _ columns: [String], type: String = "TEXT") -> String {
    let columns = columns.map { ", \($0) \(type)" }.joined()
    return "CREATE TABLE \(name) (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE\(columns));"
  }

  /// What a reader knew when it began with a log and where it left it; came after the others, so it may be missing.
  static let logMemory = """
    CREATE TABLE IF NOT EXISTS log_memory (
      number INTEGER PRIMARY KEY, source INTEGER NOT NULL UNIQUE, log TEXT NOT NULL, began BLOB NOT NULL,
      "left" BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS log_memory_by_log ON log_memory (log);
    """

  static var tables: String {
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE source (
      id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, kind TEXT, format TEXT, bytes INTEGER,
      read INTEGER, kept INTEGER, counted INTEGER, rejected INTEGER, imported_at INTEGER, problems TEXT,
      blind_spots TEXT);
    CREATE TABLE reject (
      source INTEGER NOT NULL, entry INTEGER NOT NULL, offset INTEGER NOT NULL, code TEXT NOT NULL, why TEXT NOT NULL,
      sample TEXT, lost INTEGER NOT NULL);
    CREATE TABLE reason (
      key TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT, mdn TEXT, meaning TEXT, clause TEXT, fix TEXT)
      WITHOUT ROWID;
    \(dictionary("text", ["value"]))
    \(dictionary("request_set", requestSetColumns))
    \(dictionary("response_set", responseSetColumns))
    \(dictionary("trait", traitColumns, type: ""))
    \(dictionary("subject", subjectColumns, type: "INTEGER"))
    \(dictionary("judgement", judgementColumns))
    \(dictionary("line_kind", lineKindColumns, type: ""))
    CREATE TABLE exchange (
      id INTEGER PRIMARY KEY, started_at INTEGER, duration INTEGER, client INTEGER, url TEXT NOT NULL, endpoint INTEGER,
      status INTEGER, trait INTEGER NOT NULL, request_set INTEGER NOT NULL, response_set INTEGER NOT NULL,
      user_agent INTEGER, referer INTEGER);
    CREATE TABLE verdict (
      id INTEGER PRIMARY KEY, decision INTEGER NOT NULL, subject INTEGER NOT NULL, judgement INTEGER NOT NULL,
      client INTEGER, started_at INTEGER, exchange_id INTEGER, preflight_id INTEGER, status INTEGER,
      evidence INTEGER, fix INTEGER);
    CREATE TABLE preflight (
      id INTEGER PRIMARY KEY, started_at INTEGER, client INTEGER, origin INTEGER, requested_method TEXT,
      requested_headers INTEGER, status INTEGER, follow_up_id INTEGER, paired_by TEXT, confidence REAL, gap INTEGER,
      covers INTEGER NOT NULL, outcome TEXT NOT NULL);
    CREATE TABLE log_item (
      id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, subject INTEGER NOT NULL, start INTEGER, "end" INTEGER NOT NULL,
      granularity INTEGER NOT NULL, key INTEGER NOT NULL, asker INTEGER NOT NULL, connection INTEGER NOT NULL);
    CREATE TABLE log_progress (
      source INTEGER PRIMARY KEY, opening TEXT NOT NULL, content TEXT NOT NULL, bytes INTEGER NOT NULL,
      line INTEGER NOT NULL, settings TEXT NOT NULL);
    CREATE INDEX log_progress_by_opening ON log_progress (opening);
    CREATE INDEX log_progress_by_content ON log_progress (content);
    \(logMemory)
    CREATE TABLE traffic_count (
      source INTEGER NOT NULL, hour INTEGER NOT NULL, endpoint INTEGER NOT NULL, method TEXT NOT NULL,
      status INTEGER NOT NULL, requests INTEGER NOT NULL,
      PRIMARY KEY (source, hour, endpoint, method, status)) WITHOUT ROWID;
    """
  }

  /// Made after the load.
  ///
  /// The report needs two: how many requests each subject has, and the failures grouped. Both hold
  /// all that their question reads, so the rows themselves are not touched. SQLite 3.40
  /// looks at `decision` even where the index is partial by it; a constant 0 costs no byte.
  static let indexes = """
    CREATE INDEX IF NOT EXISTS verdict_by_subject ON verdict (subject, decision, started_at);
    CREATE INDEX IF NOT EXISTS failure_by_subject ON verdict (decision, subject, judgement, client, started_at)
      WHERE decision = \(blocked);
    """
}
