package import Correlator
package import Words

/// A reason or root cause in full, as `corsleuth explain` prints it.
package struct Explanation {
  /// Headed paragraphs; configuration is kept as written.
  private enum Part {
    case title(Message)
    case heading(Message)
    case paragraph(Message)
    case address(String)
    case code(String)
  }

  private let parts: [Part]
  private let say: Language

  /// With the configuration of one server alone; of all where `server` is `nil`.
  package init(_ reason: Reason, server: ServerProduct? = nil, in language: Language = .english) {
    say = language
    var parts: [Part] = [.title("\(reason.key.rawValue): \(reason.title)"), .paragraph(reason.meaning)]
    parts += [.heading("What it looks like"), .paragraph(reason.evidence)]
    parts += Explanation.change(reason, server)
    parts.append(.heading("What the browsers say"))
    parts.append(.paragraph("Firefox: (Reason: \(reason.firefoxMessage))."))
    let errors = reason.chromiumErrors.map(\.rawValue).joined(separator: ", ")
    parts.append(.paragraph(errors.isEmpty ? "Chromium: no name of its own." : "Chromium: \(errors)."))
    parts.append(.paragraph("WebKit: \(reason.webkitMessage)"))
    parts.append(.heading("Where it is written"))
    parts.append(.paragraph(reason.clause))
    parts.append(.address(reason.mdnAddress))
    self.parts = parts
  }

  /// The same, with what mends the reason that the cause leads to.
  package init(_ cause: RootCause, server: ServerProduct? = nil, in language: Language = .english) {
    say = language
    let change = cause.mended.map { Explanation.change($0, server) } ?? []
    parts = [.title("\(cause.key): \(cause.title)"), .paragraph(cause.meaning)] + change
  }

  private static func change(_ reason: Reason, _ server: ServerProduct?) -> [Part] {
    let configurations = reason.configurations.filter { server == nil || $0.server == server?.rawValue }
    return [.heading("What to change"), .paragraph(reason.remedy)]
      + configurations.flatMap { [.heading("\($0.server)"), .code($0.lines)] }
  }

  /// Whether it holds configuration.
  package var isConfigured: Bool {
    parts.contains { if case .code = $0 { true } else { false } }
  }

  package func text(width: Int = 80, style: Style = .plain) -> String {
    var lines: [String] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .title(let words): lines += DisplayWidth.wrap(say(words), width).map { style(.heading, $0) }
      case .heading(let words): lines += (index == 0 ? [] : [""]) + [style(.heading, say(words))]
      case .paragraph(let words): lines += DisplayWidth.wrap(say(words), width - 2).map { "  " + $0 }
      case .address(let text): lines += DisplayWidth.wrap(text, width - 2).map { "  " + $0 }
      case .code(let text): lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package var markdown: String {
    parts.map { part in
      switch part {
      case .title(let words): "# \(say(words))"
      case .heading(let words): "## \(say(words))"
      case .paragraph(let words): MarkdownText.prose(say(words))
      case .address(let text): "<\(text)>"
      case .code(let text): MarkdownText.block(text)
      }
    }.joined(separator: "\n\n") + "\n"
  }

  /// Every reason and root cause, a line each.
  package static func list(width: Int = 80, style: Style = .plain, in say: Language = .english) -> String {
    var lines = [style(.heading, say("Reasons"))]
    lines += entries(Reason.all.map { ($0.key.rawValue, say($0.title)) }, width, style)
    lines += ["", style(.heading, say("Root causes"))]
    lines += entries(RootCause.all.map { ($0.key, say($0.title)) }, width, style)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func entries(_ entries: [(key: String, title: String)], _ width: Int, _ style: Style) -> [String] {
    let keyWidth = entries.map(\.key.count).max() ?? 0
    guard width - keyWidth >= 44 else {
      return entries.flatMap { entry in
        ["  " + style(.key, entry.key)] + DisplayWidth.wrap(entry.title, width - 4).map { "    " + $0 }
      }
    }
    return entries.flatMap { entry in
      DisplayWidth.wrap(entry.title, width - keyWidth - 4).enumerated().map { index, line in
        "  " + style(.key, DisplayWidth.pad(index == 0 ? entry.key : "", keyWidth)) + "  " + line
      }
    }
  }
}
