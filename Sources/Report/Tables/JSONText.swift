import Correlator

/// JSON (RFC 8259), as rows and as documents.
enum JSONText {
  static func object(_ names: [String], _ cells: [Cell]) -> String {
    "{" + zip(names, cells).map { string($0) + ": " + value($1) }.joined(separator: ", ") + "}"
  }

  static func value(_ cell: Cell) -> String {
    switch cell {
    case .null: "null"
    case .int(let value): String(value)
    case .real(let value): value.isFinite ? "\(value)" : "null"
    case .text(let text): string(text)
    case .blob(let bytes): string(Cell.hexadecimal(bytes))
    }
  }

  /// A string, safe in HTML and on a terminal too: controls, bidi controls and U+2028 are written as escapes, as is `<`.
  static func string(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "<": out += "\\u003c"
      default:
        if scalar.value < 0x20 || VisibleText.isHidden(scalar) {
          for unit in String(scalar).utf16 { out += "\\u" + hex(unit) }
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }

  private static func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// A JSON document, its keys in the order in which they are given.
enum JSONValue {
  case null
  case bool(Bool)
  case int(Int)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

  init(_ number: Int?) { self = number.map(JSONValue.int) ?? .null }

  /// Indented by two spaces a level.
  func write(indent: Int = 0, into sink: inout some TextOutputStream) {
    let margin = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .null: sink.write("null")
    case .bool(let value): sink.write(value ? "true" : "false")
    case .int(let value): sink.write(String(value))
    case .string(let text): sink.write(JSONText.string(text))
    case .array(let items):
      sink.write("[")
      for (index, item) in items.enumerated() {
        sink.write((index == 0 ? "\n" : ",\n") + margin)
        item.write(indent: indent + 2, into: &sink)
      }
      sink.write(items.isEmpty ? "]" : end + "]")
    case .object(let members):
      sink.write("{")
      for (index, member) in members.enumerated() {
        sink.write((index == 0 ? "\n" : ",\n") + margin + JSONText.string(member.0) + ": ")
        member.1.write(indent: indent + 2, into: &sink)
      }
      sink.write(members.isEmpty ? "}" : end + "}")
    }
  }
}
