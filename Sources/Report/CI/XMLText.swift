/// Text in XML 1.0, where some characters cannot stand at all, not even as references.
enum XMLText {
  /// For content and for attributes in double quotes; characters that XML forbids, and hidden ones, become visible escapes.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n": out += "&#10;"
      case "\t": out += "&#9;"
      default:
        if VisibleText.isHidden(scalar) || scalar.value & 0xFFFE == 0xFFFE {
          out += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }
}
