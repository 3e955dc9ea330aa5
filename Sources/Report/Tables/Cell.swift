package import Correlator

extension Cell {
  package var isNumber: Bool {
    switch self {
    case .int, .real: true
    case .null, .text, .blob: false
    }
  }

  /// As plain text; empty for NULL, hexadecimal for bytes.
  package var plain: String {
    switch self {
    case .null: ""
    case .int(let value): String(value)
    case .real(let value): Cell.decimal(value)
    case .text(let value): value
    case .blob(let bytes): Cell.hexadecimal(bytes)
    }
  }

  /// As a text table shows it: real numbers to three decimals, for there they are read and not reckoned with.
  var display: String {
    guard case .real(let value) = self, value == 0 || (0.001..<1e12).contains(value.magnitude) else { return plain }
    return Cell.decimal((value * 1000).rounded() / 1000)
  }

  /// The shortest digits that read back to the same number; whole numbers keep their `.0`.
  static func decimal(_ value: Double) -> String { value.isFinite ? "\(value)" : "" }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
