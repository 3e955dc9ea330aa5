import Evidence
import Fetch

/// Reads exchanges back as they were recorded, as far as the store keeps them: what a verdict rests on is all there.
///
/// Not kept are fields without a column, the order of fields and the spelling of their names, the exporter's own links, and a
/// log's clock: none of them is asked once a request is paired.
final class ExchangeReader {
  private let row: BoundStatement
  private static let requestFields = HeaderColumns.request + [.userAgent, .referer]

  init(_ connection: Connection) throws(StoreError) {
    let request = HeaderColumns.request.map { "rq.\(HeaderColumns.column($0))" }.joined(separator: ", ")
    let response = HeaderColumns.response.map { "rs.\(HeaderColumns.column($0))" }.joined(separator: ", ")
    row = try connection.prepare(
      """
      SELECT e.started_at, e.duration, (SELECT value FROM text WHERE id = e.client), e.url, e.status, t.method,
        t.http_version, t.kind, t.outcome, t.error, t.delivery, t.cookie_sent, t.page_origin, t.from_cache,
        t.service_worker, t.synthetic, (SELECT kind FROM source WHERE id = e.id >> 32), rq.recorded, rq.other_names,
        rs.recorded, \(request), (SELECT value FROM text WHERE id = e.user_agent),
        (SELECT value FROM text WHERE id = e.referer), \(response)
      FROM exchange e LEFT JOIN trait t ON t.id = e.trait LEFT JOIN request_set rq ON rq.id = e.request_set
        LEFT JOIN response_set rs ON rs.id = e.response_set
      WHERE e.id = ?
      """)
  }

  /// - Parameter id: Of the row in `exchanges`.
  /// - Returns: `nil` where it is not in the store.
  /// - Throws: SQLite's own errors.
  func exchange(_ id: Int64) throws(StoreError) -> Exchange? {
    row.bind(id, 0)
    defer { row.reset() }
    guard try row.step() else { return nil }
    var exchange = Exchange(
      locator: Locator(entry: Int(id & 0xFFFF_FFFF), offset: 0), method: row.text(5) ?? "", url: row.text(3) ?? "",
      status: row.intOrNil(4).map { Int($0) })
    exchange.target = URLRecord(exchange.url)
    exchange.startedAt = row.intOrNil(0)
    exchange.duration = row.intOrNil(1)
    exchange.client = row.text(2)
    readTrait(into: &exchange)
    // Of several equal fields a log keeps one, and which is the format's secret.
    let duplicates: HeaderRecord.Duplicates = row.text(16) == "har" ? .kept : .unknown
    func values(_ count: Int, from column: Int) -> [String?] { (0..<count).map { row.text(column + $0) } }
    let names = ExchangeReader.requestFields
    exchange.request = HeaderReading(names, version: exchange.httpVersion, duplicates: duplicates)
      .record(values(names.count, from: 20), recorded: row.text(17), others: row.text(18))
    exchange.response = HeaderReading(HeaderColumns.response, version: exchange.httpVersion, duplicates: duplicates)
      .record(
        values(HeaderColumns.response.count, from: 20 + names.count), recorded: row.text(19), others: nil)
    return exchange
  }

  private func readTrait(into exchange: inout Exchange) {
    exchange.httpVersion = row.text(6).flatMap(HTTPVersion.init) ?? .unknown
    exchange.kind = row.text(7).flatMap(ResourceKind.init) ?? .unknown
    exchange.outcome =
      switch row.text(8) {
      case "succeeded": .succeeded
      case "failed": .failed(row.text(9) ?? "")
      default: .notMarked
      }
    exchange.delivery =
      switch row.text(10) {
      case "sent": .sent
      case "provisional": .provisional
      case "not-sent": .notSent
      default: .unknown
      }
    exchange.cookieSent = row.intOrNil(11).map { .recorded($0 == 1) } ?? .notRecorded
    exchange.pageOrigin = row.text(12)
    exchange.fromCache = row.int(13) == 1
    exchange.servedByServiceWorker = row.int(14) == 1
    exchange.isSynthetic = row.int(15) == 1
  }
}
