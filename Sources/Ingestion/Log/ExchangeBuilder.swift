import Evidence
import Fetch
import Scanning

/// Makes an `Exchange` of a line that is kept.
struct ExchangeBuilder {
  let format: LogFormat
  private let pattern: (request: FieldSet, response: FieldSet)
  private let omitsAbsent: Bool
  private var pool = StringPool()
  let scratch = Scratch()
  let asked = AskedFields()
  /// The fields of headers that lines of this log have, in slots' order, and those among them seen so far.
  private(set) var headers: [LogField] = []
  /// What `note` was last told; lines that name fields make it grow.
  private(set) var slotCount = -1
  /// Overrides the format's, where a `#Fields` line told.
  var escaping: Escaping
  var durationUnit: DurationUnit

  init(_ format: LogFormat) {
    self.format = format
    pattern = format.coverage
    escaping = format.escaping
    durationUnit = format.durationUnit
    if case .json(let mapping) = format.layout { omitsAbsent = mapping.omitsAbsent } else { omitsAbsent = false }
  }

  /// Takes note of the slots that the log's lines fill, as far as they are known.
  mutating func note(slots: [UInt8], count: Int) {
    slotCount = count
    headers = slots.sorted().map(LogField.init(slot:)).filter { $0.requestField != nil || $0.responseField != nil }
  }

  mutating func exchange(_ line: LogLine, at locator: Locator, time: LogTime) -> Exchange {
    var url = text(line, line.target)
    if let query = optional(line, line.query) { url += (query.hasPrefix("?") ? "" : "?") + query }
    let host = line.value(.host).map { text(line, $0) }
    if !line.authority.isEmpty {
      url = text(line, line.authority) + url
    } else if let scheme = line.value(.scheme), let host, url.hasPrefix("/") {
      let port = host.contains(":") ? "" : line.value(.port).map { ":" + text(line, $0) } ?? ""
      url = text(line, scheme).asciiLowercased() + "://" + host + port + url
    }
    if url.utf8.contains(UInt8(ascii: "#")) { url = String(url.prefixBeforeFragment()) }
    let (request, response) = records(line, host)
    var exchange = Exchange(
      locator: locator, method: text(line, line.method), url: url,
      target: url.utf8.first == UInt8(ascii: "/") ? nil : URLRecord(url), request: request, response: response,
      status: line.status().flatMap { (100...999).contains($0) ? $0 : nil })
    exchange.client = client(line)
    exchange.delivery = .sent
    exchange.httpVersion = version(line)
    exchange.connection = line.value(.connection).map { text(line, $0) }
    let times = times(line, time)
    (exchange.startedAt, exchange.duration, exchange.endedAt) = (times.start, times.duration, times.end)
    exchange.clockGranularity = time.granularity
    exchange.cookieSent = request.isPresent(.cookie).map { .recorded($0) } ?? .notRecorded
    if exchange.method == "OPTIONS", request.list.contains(.accessControlRequestMethod) { exchange.kind = .preflight }
    return exchange
  }

  // MARK: - Headers

  private mutating func records(_ line: LogLine, _ host: String?) -> (request: HeaderRecord, response: HeaderRecord) {
    var request = record(pattern.request)
    var response = record(pattern.response)
    var requestFields: FieldSet = pattern.request
    var responseFields: FieldSet = pattern.response
    let hasRequestObject = addObject(.requestHeaders, line, &request)
    let hasResponseObject = addObject(.responseHeaders, line, &response)
    for field in headers {
      let isRecorded = line.records(field) || omitsAbsent
      if let known = field.requestField, !hasRequestObject, isRecorded {
        requestFields.insert(known)
        add(known, field, line, &request)
      } else if let known = field.responseField, !hasResponseObject, isRecorded {
        responseFields.insert(known)
        add(known, field, line, &response)
      }
    }
    if let host, !request.list.contains(.host) {
      requestFields.insert(.host)
      request.list.fields.append(HeaderField(.host, host))
    }
    if !hasRequestObject { request.coverage = .only(requestFields) }
    if !hasResponseObject { response.coverage = .only(responseFields) }
    return (request, response)
  }

  private func record(_ fields: FieldSet) -> HeaderRecord {
    HeaderRecord(
      coverage: .only(fields), duplicates: format.duplicates, redacted: FieldSet(rawValue: 0),
      confusesEmptyWithAbsent: format.confusesEmptyWithAbsent)
  }

  private mutating func add(
    _ known: KnownField, _ field: LogField, _ line: LogLine, _ record: inout HeaderRecord
  ) {
    guard let range = line.value(field) else {
      let isAnswer = field.responseField != nil
      if isAnswer, !record.confusesEmptyWithAbsent, line.isEmpty(field) {
        record.list.fields.append(HeaderField(known, ""))
      }
      return
    }
    let value = text(line, range)
    if HeaderRecord.isBlackedOut(value) {
      record.redacted.insert(known)
    } else {
      record.list.fields.append(HeaderField(known, value))
    }
  }

  /// The place of a JSON object of all header fields.
  @inline(__always)
  func object(_ field: LogField, _ line: LogLine) -> Range<Int>? {
    guard !omitsAbsent, let range = line.value(field), line.byte(range.lowerBound) == UInt8(ascii: "{") else {
      return nil
    }
    return range
  }

  /// Reads a JSON object of all header fields.
  private mutating func addObject(_ field: LogField, _ line: LogLine, _ record: inout HeaderRecord) -> Bool {
    guard let range = object(field, line) else { return false }
    var members: [(Range<Int>, Range<Int>?)] = []
    JSONLine.forEachMember(line.base, range.lowerBound, range.upperBound) { members.append(($0, $1)) }
    for (name, value) in members {
      let name = text(line, name)
      let known = KnownField(name: name)
      if let value = value.map({ text(line, $0) }), !HeaderRecord.isBlackedOut(value) {
        record.list.fields.append(HeaderField(name: name, known: known, value: value))
      } else if let known {
        record.redacted.insert(known)
      }
    }
    record.coverage = .all
    return true
  }

  // MARK: - Text

  private func version(_ line: LogLine) -> HTTPVersion {
    guard let last = line.httpVersion.last, line.httpVersion.count > 5 else { return .unknown }
    let major = line.byte(line.httpVersion.lowerBound + 5)
    switch major {
    case UInt8(ascii: "3"): return .http3
    case UInt8(ascii: "2"): return .http2
    case UInt8(ascii: "1"): return line.byte(last) == UInt8(ascii: "0") ? .http10 : .http11
    default: return .unknown
    }
  }

  private mutating func client(_ line: LogLine) -> String? { optional(line, line.client()) }

  private mutating func optional(_ line: LogLine, _ range: Range<Int>) -> String? {
    range.isEmpty ? nil : text(line, range)
  }

  private mutating func text(_ line: LogLine, _ range: Range<Int>) -> String {
    let bytes = UnsafeRawBufferPointer(start: line.base + range.lowerBound, count: range.count)
    if escaping == .backslash || escaping == .json,
      LogBytes.find(UInt8(ascii: "\\"), line.base, range.lowerBound, range.upperBound) == range.upperBound
    {
      return pool.string(line.base, range.lowerBound, range.upperBound)
    }
    if let decoded = ValueDecoder.decode(bytes, escaping) { return String(decoding: decoded, as: UTF8.self) }
    return pool.string(line.base, range.lowerBound, range.upperBound)
  }
}
