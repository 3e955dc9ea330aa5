/// What the views hold, in words: the README's tables and Datasette's pages are made of it.
package struct ViewGlossary: Sendable {
  /// Columns that one sentence is about.
  package struct Row: Sendable {
    package let columns: [String]
    package let meaning: String
    /// Whether each of the views has one of these columns, in turn, and not all of them.
    package let isOfEach: Bool

    init(_ columns: [String], _ meaning: String) { self.init(columns, meaning, isOfEach: false) }

    init(each columns: [String], _ meaning: String) { self.init(columns, meaning, isOfEach: true) }

    private init(_ columns: [String], _ meaning: String, isOfEach: Bool) {
      self.columns = columns
      self.meaning = meaning
      self.isOfEach = isOfEach
    }
  }

  /// The views that it is about: more than one where they differ in one column.
  package let names: [String]
  /// What a row is; empty where the columns say it. Both in Markdown.
  package let words: String
  package let rows: [Row]

  /// The columns of one of the views, in order, each with its meaning.
  package func columns(of name: String) -> [(name: String, meaning: String)] {
    rows.flatMap { row in
      let columns = row.isOfEach ? zip(names, row.columns).filter { $0.0 == name }.map(\.1) : row.columns
      return columns.map { ($0, row.meaning) }
    }
  }
}

extension ViewGlossary {
  package static let all: [ViewGlossary] = [
    ViewGlossary(
      names: ["verdicts"],
      words:
        "One row for each request that a browser ran, or refused to run, under the CORS protocol. A preflight is no row of its own: the request that caused it names it. Each hop of a redirect chain is a row. Where only the preflight was recorded, the row is the request that it announced.",
      rows: [
        Row(["verdict_id"], "integer key"),
        Row(["exchange_id", "preflight_id"], "rows of `exchanges`; either may be NULL where it was not recorded"),
        Row(["source", "entry"], "the input's path as given, and the 1-based position in it: HAR entry or log line"),
        Row(["started_at"], "ISO 8601, UTC, microseconds"),
        Row(["client"], "who asked, where the input says; NULL for a HAR"),
        Row(["origin", "target_origin"], "serialised origins; `origin` may be the string `null` for an opaque one"),
        Row(
          ["method", "url", "endpoint", "status"],
          "`endpoint` is the target with ids folded: `https://api.example.com/users/{id}`, without scheme or host where a log names none; `status` is NULL where no answer came"
        ),
        Row(["verdict"], "`blocked`, `allowed`, `undetermined`"),
        Row(["reason"], "the reason's key; NULL unless blocked"),
        Row(["phase"], "where it was decided: `request` (never sent), `preflight`, `redirect`, `response`"),
        Row(["certainty"], "`certain`, `inferred`, `possible`"),
        Row(["candidates"], "JSON array of the reasons that still stand, when not one alone does"),
        Row(["recorded_by"], "`chromium`, `firefox`, `webkit`, `proxy`, `server`, `unknown`"),
        Row(["chromium", "firefox", "webkit"], "what each engine decides on these bytes"),
        Row(["chromium_error"], "Chromium's own name for it; NULL if allowed"),
        Row(["root_cause"], "key of the likely cause behind the reason, or NULL"),
        Row(["evidence"], #"JSON array of `{"fact": …, "value": …, "from": …}`: what was seen or inferred, and where"#),
        Row(["fix"], "one sentence: what to change, where"),
      ]),
    ViewGlossary(
      names: ["failures"],
      words: "The rows of `verdicts` whose verdict is `blocked`, with the same columns.",
      rows: [
        Row(
          [
            "verdict_id", "exchange_id", "preflight_id", "source", "entry", "started_at", "client", "origin",
            "target_origin", "method", "url", "endpoint", "status", "verdict", "reason", "phase", "certainty",
            "candidates", "recorded_by", "chromium", "firefox", "webkit", "chromium_error", "root_cause", "evidence",
            "fix",
          ], "as above")
      ]),
    ViewGlossary(
      names: ["failures_by_origin", "failures_by_endpoint", "failures_by_cause"],
      words: "",
      rows: [
        Row(each: ["origin", "endpoint", "cause"], "what it counts by; a cause is a reason"),
        Row(
          ["failures", "requests", "clients"],
          "blocked requests, all CORS requests of the group, and how many clients had a failure"),
        Row(["first_seen", "last_seen", "example_url"], "of the failures"),
      ]),
    ViewGlossary(
      names: ["preflights"],
      words: "",
      rows: [
        Row(["preflight_id", "source", "entry", "started_at", "client", "origin", "url"], "the OPTIONS request"),
        Row(["requested_method", "requested_headers", "status"], "what it asked for, and its answer's status"),
        Row(["follow_up_id", "follow_up_entry"], "the request that it was made for"),
        Row(
          ["paired_by", "confidence"],
          "how that was found, and how likely it is right: of pairs given 0.9, nine in ten are"),
        Row(["gap_ms", "covers"], "milliseconds between the two, and how many further requests it let through"),
        Row(["outcome"], "`followed`, `refused`, `abandoned`, `undetermined`"),
      ]),
    ViewGlossary(
      names: ["exchanges"],
      words:
        "One row for each request that was kept, preflights included, with its headers as columns. A header sent more than once keeps every value, one a line.",
      rows: [
        Row(
          [
            "exchange_id", "source", "entry", "started_at", "duration_ms", "client", "method", "url", "endpoint",
            "status", "http_version",
          ], "the request, when, how long, by whom, and its answer's status"),
        Row(
          ["kind", "outcome", "error", "delivery"],
          "what asked for it; `succeeded` or `failed` with the recorder's words, NULL where it marks nothing; whether it was sent"
        ),
        Row(
          ["cookie_sent", "page_origin", "from_cache", "service_worker", "synthetic"],
          "whether a cookie travelled, the page's origin, and where the answer came from"),
        Row(
          ["request_recorded", "response_recorded", "other_request_headers"],
          "which headers the recorder writes down (`all`, or their names): absent and not recorded are two things; names of other request headers"
        ),
        Row(
          [
            "user_agent", "referer", "origin", "access_control_request_method", "access_control_request_headers",
            "access_control_request_private_network", "host", "cookie", "authorization", "proxy_authorization",
            "upgrade", "range", "sec_fetch_mode", "sec_fetch_site", "sec_fetch_dest", "sec_fetch_storage_access",
            "accept", "accept_language", "content_language", "content_type", "x_forwarded_for",
          ], "request headers"),
        Row(
          [
            "access_control_allow_origin", "access_control_allow_credentials", "access_control_allow_methods",
            "access_control_allow_headers", "access_control_max_age", "access_control_expose_headers", "vary",
            "location", "server", "via", "age", "cache_control", "set_cookie", "www_authenticate", "allow", "x_cache",
            "cf_cache_status", "x_amzn_error_type", "x_powered_by", "non_authoritative_reason",
            "cross_origin_resource_policy", "content_security_policy",
          ], "response headers"),
      ]),
    ViewGlossary(
      names: ["sources"],
      words: "",
      rows: [
        Row(
          ["path", "sha256", "kind", "format", "bytes"],
          "the input, its digest, `har` or `log`, and the exporter or log format"),
        Row(["read", "kept", "counted", "rejected"], "its items: read = kept + counted + rejected"),
        Row(
          ["imported_at", "problems", "blind_spots", "source_id"],
          "when; problems by code (JSON); what such a file cannot show"),
      ]),
    ViewGlossary(
      names: ["rejects"],
      words: "",
      rows: [
        Row(["source", "entry", "code", "why"], "what could not be read, where, and why; `code` is a stable name"),
        Row(
          ["sample", "offset", "lost"], "a short piece of the place, its byte offset, and whether the item was lost"),
        Row(["source_id"], "of the input's row in `sources`: several may be of one path"),
      ]),
    ViewGlossary(
      names: ["reasons"],
      words: "",
      rows: [
        Row(["reason", "title", "mdn", "meaning", "fix", "clause"], "the fifteen, to join with")
      ]),
    ViewGlossary(
      names: ["traffic"],
      words: "What a log held beside CORS, counted: so that rates have a denominator.",
      rows: [
        Row(
          ["source", "hour", "endpoint", "method", "status", "requests"],
          "requests by hour, endpoint, method and status"),
        Row(["source_id"], "of the log's row in `sources`"),
      ]),
  ]
}
