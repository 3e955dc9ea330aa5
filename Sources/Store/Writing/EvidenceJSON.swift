import Correlator

/// The JSON in `evidence` and `candidates`.
enum EvidenceJSON {
  /// `before`: what was written before, which the facts go on from.
  static func write(_ facts: [Fact], after before: String? = nil, redaction: Redaction) -> String {
    var json = before.map { String($0.dropLast()) } ?? "["
    for fact in facts {
      json += json == "[" ? #"{"fact":"# : #",{"fact":"#
      append(fact.fact, to: &json)
      json += #","value":"#
      append(redaction.fact(fact), to: &json)
      json += #","from":"#
      append(fact.from, to: &json)
      json += "}"
    }
    return json + "]"
  }

  /// - Returns: `nil` where no reason is open.
  static func write(candidates: [ReasonKey]) -> String? {
    candidates.isEmpty ? nil : strings(candidates.map(\.rawValue))
  }

  static func strings(_ values: [String]) -> String {
    var json = "["
    for (index, value) in values.enumerated() {
      if index > 0 { json += "," }
      append(value, to: &json)
    }
    return json + "]"
  }

  static func counts(_ counts: [(code: String, count: Int)]) -> String? {
    if counts.isEmpty { return nil }
    var json = "{"
    for (index, (code, count)) in counts.enumerated() {
      if index > 0 { json += "," }
      append(code, to: &json)
      json += ":\(count)"
    }
    return json + "}"
  }

  private static func append(_ text: String, to json: inout String) {
    json += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      // SQLite's JSON functions end a text at a NUL.
      case "\0": json += "\u{FFFD}"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          json.unicodeScalars.append(scalar)
        }
      }
    }
    json += "\""
  }
}
