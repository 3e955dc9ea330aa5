import Fetch

/// The views of the contract, as SQL that any SQLite opens, and DuckDB too: it writes `count(*)` as a function of its own
/// before it hands a view to SQLite, which is why `count(1)` stands here.
///
/// A text is looked up in the column itself, so that SQLite does it only for columns that a query names; the few tables
/// that hold many columns are joined from the left.
enum Views {
  /// Microseconds since 1970 as ISO 8601, UTC; the remainder is kept positive for times before 1970.
  static func time(_ column: String) -> String {
    let fraction = "((\(column) % 1000000 + 1000000) % 1000000)"
    return
      "strftime('%Y-%m-%dT%H:%M:%S', (\(column) - \(fraction)) / 1000000, 'unixepoch') || printf('.%06dZ', \(fraction))"
  }

  private static func text(_ id: String) -> String { "(SELECT value FROM text WHERE id = \(id))" }

  private static func source(_ id: String) -> String { "(SELECT path FROM source WHERE id = \(id))" }

  /// The URL of an exchange, or of what was said of one: both have its row id.
  private static func url(_ id: String) -> String { "(SELECT url FROM exchange WHERE id = \(id))" }

  private static func verdicts(where condition: String) -> String {
    """
    SELECT v.id AS verdict_id, v.exchange_id AS exchange_id, v.preflight_id AS preflight_id, \(source("v.id >> 32")) AS source,
      v.id & 4294967295 AS entry,
      \(time("v.started_at")) AS started_at, \(text("v.client")) AS client,
      \(text("su.origin")) AS origin, \(text("su.target_origin")) AS target_origin,
      \(text("su.method")) AS method, \(url("v.id")) AS url, \(text("su.endpoint")) AS endpoint, v.status AS status,
      j.verdict AS verdict,
      j.reason AS reason, j.phase AS phase, j.certainty AS certainty, j.candidates AS candidates,
      j.recorded_by AS recorded_by, j.chromium AS chromium, j.firefox AS firefox, j.webkit AS webkit,
      j.chromium_error AS chromium_error, j.root_cause AS root_cause,
      \(text("v.evidence")) AS evidence, \(text("v.fix")) AS fix
    FROM verdict v
      LEFT JOIN judgement j ON j.id = v.judgement
      LEFT JOIN subject su ON su.id = v.subject
    \(condition)
    """
  }

  /// The client that a failure counts for: a source that names no clients (a HAR) is one.
  static let countedClient = "coalesce(v.client, -(v.id >> 32) - 1)"

  /// One of the three groupings of failures; `key` is what it groups by, in terms of `v`, `su` and `j`.
  private static func grouped(_ name: String, key: String, label: String, requests: String) -> String {
    """
    CREATE VIEW failures_by_\(name) AS
    SELECT \(label), f.failures AS failures, r.requests AS requests, f.clients AS clients,
      \(time("f.first")) AS first_seen, \(time("f.last")) AS last_seen,
      \(url("f.example")) AS example_url
    FROM (
      SELECT \(key) AS k, count(1) AS failures, count(DISTINCT \(countedClient)) AS clients,
        min(v.started_at) AS first, max(v.started_at) AS last, min(v.id) AS example
      FROM verdict v JOIN subject su ON su.id = v.subject JOIN judgement j ON j.id = v.judgement
      WHERE v.decision = \(Schema.blocked) GROUP BY 1) f
      JOIN (\(requests)) r ON r.k = f.k
    ORDER BY f.failures DESC, 1;
    """
  }

  private static func groupedBySubject(_ name: String) -> String {
    grouped(
      name, key: "coalesce(su.\(name), 0)", label: "(SELECT value FROM text WHERE id = f.k) AS \(name)",
      requests: """
        SELECT coalesce(su.\(name), 0) AS k, sum(n.requests) AS requests
        FROM (SELECT subject, count(1) AS requests FROM verdict GROUP BY subject) n
          JOIN subject su ON su.id = n.subject GROUP BY 1
        """)
  }

  /// The requests in a cause's group are those of the same origin, endpoint and method as its failures.
  private static var groupedByCause: String {
    grouped(
      "cause", key: "coalesce(j.reason, '')", label: "nullif(f.k, '') AS cause",
      requests: """
        SELECT d.k AS k, sum(n.requests) AS requests
        FROM (SELECT DISTINCT coalesce(j.reason, '') AS k, v.subject AS subject
          FROM verdict v JOIN judgement j ON j.id = v.judgement WHERE v.decision = \(Schema.blocked)) d
          JOIN (SELECT subject, count(1) AS requests FROM verdict GROUP BY subject) n ON n.subject = d.subject
        GROUP BY 1
        """)
  }

  private static var exchanges: String {
    let request = HeaderColumns.request.map { "rq.\(HeaderColumns.column($0)) AS \(HeaderColumns.column($0))" }
    let response = HeaderColumns.response.map { "rs.\(HeaderColumns.column($0)) AS \(HeaderColumns.column($0))" }
    return """
      CREATE VIEW exchanges AS
      SELECT e.id AS exchange_id, \(source("e.id >> 32")) AS source, e.id & 4294967295 AS entry,
        \(time("e.started_at")) AS started_at, e.duration / 1000.0 AS duration_ms, \(text("e.client")) AS client,
        t.method AS method, e.url AS url, \(text("e.endpoint")) AS endpoint,
        e.status AS status, t.http_version AS http_version, t.kind AS kind, t.outcome AS outcome, t.error AS error,
        t.delivery AS delivery, t.cookie_sent AS cookie_sent, t.page_origin AS page_origin, t.from_cache AS from_cache,
        t.service_worker AS service_worker, t.synthetic AS synthetic, rq.recorded AS request_recorded,
        rs.recorded AS response_recorded, rq.other_names AS other_request_headers,
        \(text("e.user_agent")) AS user_agent, \(text("e.referer")) AS referer, \((request + response).joined(separator: ", "))
      FROM exchange e
        LEFT JOIN trait t ON t.id = e.trait
        LEFT JOIN request_set rq ON rq.id = e.request_set
        LEFT JOIN response_set rs ON rs.id = e.response_set;
      """
  }

  private static var preflights: String {
    """
    CREATE VIEW preflights AS
    SELECT p.id AS preflight_id, \(source("p.id >> 32")) AS source, p.id & 4294967295 AS entry,
      \(time("p.started_at")) AS started_at, \(text("p.client")) AS client, \(text("p.origin")) AS origin, \(url("p.id")) AS url,
      p.requested_method AS requested_method, \(text("p.requested_headers")) AS requested_headers, p.status AS status,
      p.follow_up_id AS follow_up_id, p.follow_up_id & 4294967295 AS follow_up_entry, p.paired_by AS paired_by,
      p.confidence AS confidence, p.gap / 1000.0 AS gap_ms, p.covers AS covers, p.outcome AS outcome
    FROM preflight p;
    """
  }

  private static var others: String {
    """
    CREATE VIEW sources AS
    SELECT path, sha256, kind, format, bytes, read, kept, counted, rejected, \(time("imported_at")) AS imported_at,
      problems, \(Doubts.blindSpots) AS blind_spots, id AS source_id
    FROM source;
    CREATE VIEW rejects AS
    SELECT so.path AS source, r.entry AS entry, r.code AS code, r.why AS why, r.sample AS sample, r.offset AS offset,
      r.lost AS lost, r.source AS source_id
    FROM reject r LEFT JOIN source so ON so.id = r.source;
    CREATE VIEW reasons AS
    SELECT key AS reason, title, mdn, meaning, fix, clause FROM reason ORDER BY position;
    CREATE VIEW traffic AS
    SELECT so.path AS source, strftime('%Y-%m-%dT%H:00:00Z', t.hour * 3600, 'unixepoch') AS hour, ep.value AS endpoint,
      t.method AS method, nullif(t.status, 0) AS status, t.requests AS requests,
      t.source AS source_id
    FROM traffic_count t
      LEFT JOIN source so ON so.id = t.source
      LEFT JOIN text ep ON ep.id = t.endpoint;
    """
  }

  static var all: String {
    """
    CREATE VIEW verdicts AS \(verdicts(where: ""));
    CREATE VIEW failures AS \(verdicts(where: "WHERE v.decision = \(Schema.blocked)"));
    \(groupedBySubject("origin"))
    \(groupedBySubject("endpoint"))
    \(groupedByCause)
    \(exchanges)
    \(preflights)
    \(others)
    """
  }
}
