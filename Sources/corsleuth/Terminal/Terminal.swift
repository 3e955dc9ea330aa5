import Glibc
import Report
import Words

/// What is known of the terminal that results are shown on.
enum Terminal {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// More columns than any reader has: what is laid out for more is laid out for these.
  static let widest = 10_000

  /// Its width; `COLUMNS` where that is set, 80 where nothing tells.
  static var width: Int { knownWidth ?? 80 }

  /// The same, `nil` where nothing tells: what goes into a pipe has all the width it wants.
  static var knownWidth: Int? {
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return min(columns, widest) }
    return width(of: STDOUT_FILENO)
  }

  /// The width of the terminal behind a stream; `nil` where it has none, or none that it tells.
  static func width(of stream: Int32) -> Int? {
    var size = winsize()
    guard ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The locale's language: the first of these variables that is set decides (POSIX, 8.2).
  static var language: Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
    return Language(locale: locale ?? "")
  }

  /// Colour on a terminal that has it, and never against `NO_COLOR`.
  static func style(_ choice: ColorChoice, toFile: Bool) -> Style {
    switch choice {
    case .always: return .ansi
    case .never: return .plain
    case .auto:
      let refused = environment("NO_COLOR").map { !$0.isEmpty } ?? false
      return outputIsTerminal && !toFile && !refused && environment("TERM") != "dumb" ? .ansi : .plain
    }
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
