import Correlator

/// Text from input in Markdown: nothing in it is taken for markup.
enum MarkdownText {
  /// For a table's cell or a line of text: punctuation that means something is escaped, line ends become visible.
  static func cell(_ text: String) -> String {
    var out = ""
    for scalar in VisibleText.escaped(text).unicodeScalars {
      if special.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out
  }

  private static let special: Set<Unicode.Scalar> = [
    "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "|", "~", "#", "!", "&", "$", "@",
  ]

  /// As a code span, with a fence longer than any run of backticks inside.
  static func code(_ text: String) -> String {
    let text = VisibleText.escaped(text)
    if text.isEmpty { return "*(empty)*" }
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let needsSpace = text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") && text.hasSuffix(" ")
    return needsSpace ? "\(fence) \(text) \(fence)" : fence + text + fence
  }

  /// A code span in a table's cell, where a bar ends the cell even inside one.
  static func codeCell(_ text: String) -> String {
    code(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// Lines as a fenced block.
  static func block(_ lines: String) -> String { "```\n\(lines)\n```" }
}

extension MarkdownText {
  /// The catalogue's own sentences: trusted, but for the few characters that Markdown would take.
  static func prose(_ text: String) -> String {
    var out = ""
    for character in text {
      if "*_|<>[]`".contains(character) { out += "\\" }
      out.append(character)
    }
    return out
  }
}
