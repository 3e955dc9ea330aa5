package import Correlator

/// A reason or root cause in full, as `corsleuth explain` prints it.
package struct Explanation {
  /// Headed paragraphs; configuration is kept as written.
  private enum Part {
    case title(String)
    case heading(String)
    case paragraph(String)
    case code(String)
  }

  private let parts: [Part]

  /// With the configuration of one server alone; of all where `server` is `nil` or has none for this reason.
  package init(_ reason: Reason, server: String? = nil) {
    var parts: [Part] = [.title("\(reason.key.rawValue): \(reason.title)"), .paragraph(reason.meaning)]
    parts += [.heading("What it looks like"), .paragraph(reason.evidence)]
    parts += [.heading("What to change"), .paragraph(reason.remedy)]
    let named = reason.configurations.filter { $0.server.lowercased() == server?.lowercased() }
    for configuration in named.isEmpty ? reason.configurations : named {
      parts += [.heading(configuration.server), .code(configuration.lines)]
    }
    parts.append(.heading("What the browsers say"))
    parts.append(.paragraph("Firefox: (Reason: \(reason.firefoxMessage))."))
    let errors = reason.chromiumErrors.map(\.rawValue).joined(separator: ", ")
    parts.append(.paragraph("Chromium: \(errors.isEmpty ? "no name of its own" : errors)."))
    parts.append(.paragraph("WebKit: \(reason.webkitMessage)"))
    parts.append(.heading("Where it is written"))
    parts.append(.paragraph(reason.clause))
    parts.append(.paragraph(reason.mdnAddress))
    self.parts = parts
  }

  package init(_ cause: RootCause) {
    parts = [.title("\(cause.key): \(cause.title)"), .paragraph(cause.meaning)]
  }

  package func text(width: Int = 80, style: Style = .plain) -> String {
    var lines: [String] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .title(let text): lines += DisplayWidth.wrap(text, width).map { style(.heading, $0) }
      case .heading(let text): lines += (index == 0 ? [] : [""]) + [style(.heading, text)]
      case .paragraph(let text): lines += DisplayWidth.wrap(text, width - 2).map { "  " + $0 }
      case .code(let text): lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package var markdown: String {
    parts.map { part in
      switch part {
      case .title(let text): "# \(text)"
      case .heading(let text): "## \(text)"
      case .paragraph(let text): text.hasPrefix("https://") ? "<\(text)>" : MarkdownText.prose(text)
      case .code(let text): MarkdownText.block(text)
      }
    }.joined(separator: "\n\n") + "\n"
  }

  /// Every reason and root cause, a line each.
  package static func list(width: Int = 80, style: Style = .plain) -> String {
    var lines = [style(.heading, "Reasons")]
    lines += entries(Reason.all.map { ($0.key.rawValue, $0.title) }, width, style)
    lines += ["", style(.heading, "Root causes")]
    lines += entries(RootCause.all.map { ($0.key, $0.title) }, width, style)
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
