import Correlator

/// Comma-separated values (RFC 4180).
enum CSV {
  /// One record with its line end, CRLF.
  static func line(_ cells: [Cell]) -> String { cells.map(field).joined(separator: ",") + "\r\n" }

  private static func field(_ cell: Cell) -> String {
    guard case .text(let text) = cell else { return cell.plain }
    guard text.isEmpty || text.utf8.contains(where: needsQuotes) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}
