import Correlator
import Evidence

/// One distinct problem on a terminal.
struct ProblemText {
  let style: Style
  let width: Int

  func lines(_ rank: Int, _ view: ProblemView) -> [String] {
    let number = "\(rank)  "
    var lines = [headline(number, view)]
    let indent = String(repeating: " ", count: number.count)
    func add(_ text: String, hanging: Int = 0) {
      for (index, line) in DisplayWidth.wrap(VisibleText.escaped(text), width - indent.count - hanging).enumerated() {
        lines.append(indent + (index == 0 ? "" : String(repeating: " ", count: hanging)) + line)
      }
    }
    add(view.counts + (view.period.map { ", \($0)" } ?? ""))
    lines.append(indent + labelled("from", view.verdict.origin ?? "(origin not recorded)", indent))
    lines.append(indent + labelled("to  ", view.verdict.endpoint, indent))
    if let phase = view.phase { add("Decided \(phase).") }
    if view.cause != nil || view.offeredFix != nil || view.tried != nil { lines.append("") }
    if let cause = view.cause { add("Cause: \(cause.title). \(cause.meaning)", hanging: 2) }
    if let fix = view.offeredFix {
      let wrapped = DisplayWidth.wrap(VisibleText.escaped("Fix: \(fix)"), width - indent.count - 2)
      for (index, line) in wrapped.enumerated() {
        lines.append(indent + (index == 0 ? "" : "  ") + style(.allowed, line))
      }
    }
    if let tried = view.tried { add(tried, hanging: 2) }
    for side in view.sides { lines += [""] + self.lines(of: side, indent) }
    lines += facts("Recorded too", view.recorded, indent)
    lines += facts("Inferred", view.inferred, indent)
    lines.append("")
    add(view.certainty)
    if let engines = view.engines { add("Engines: \(engines).") }
    if let error = view.verdict.chromiumError { add("Chromium calls it \(error.rawValue).") }
    if let key = view.key {
      let hint = "corsleuth explain \(key)"
      let server = view.configuration.map { $0.server.contains(" ") ? "'\($0.server)'" : $0.server }
      let whole = hint + (server.map { " --server \($0)" } ?? "")
      lines.append(indent + style(.quiet, indent.count + whole.count <= width ? whole : hint))
    }
    return lines
  }

  private func headline(_ number: String, _ view: ProblemView) -> String {
    let title = DisplayWidth.fit(view.title, width - number.count)
    guard let key = view.key, number.count + DisplayWidth.of(title) + 2 + key.count <= width else {
      return number + style(.heading, title)
    }
    let gap = String(repeating: " ", count: width - number.count - DisplayWidth.of(title) - key.count)
    return number + style(.heading, title) + gap + style(.key, key)
  }

  private func labelled(_ label: String, _ value: String, _ indent: String) -> String {
    style(.quiet, label) + " "
      + DisplayWidth.fit(VisibleText.escaped(value), width - indent.count - label.count - 1)
  }

  private func lines(of side: ProblemView.Side, _ indent: String) -> [String] {
    let title = indent + style(.heading, DisplayWidth.fit(VisibleText.escaped(side.title), width - indent.count))
    let all = side.request + side.response
    let nameWidth = all.map { $0.name.count }.max() ?? 0
    let place = indent + "  " + DisplayWidth.fit(VisibleText.escaped(side.place), width - indent.count - 2)
    var lines = [title, place]
    for (index, line) in all.enumerated() {
      let direction = index < side.request.count ? "  " : index == side.request.count ? "← " : "  "
      let room = width - indent.count - 4 - nameWidth - 2
      let value = DisplayWidth.fit(VisibleText.escaped(line.value), max(8, room))
      let text = "\(DisplayWidth.pad(line.name, nameWidth))  \(value)"
      lines.append(
        line.decided
          ? indent + "▶ " + direction + style(.decided, text)
          : indent + "  " + direction + (line.isNote ? style(.quiet, text) : text))
    }
    return lines
  }

  private func facts(_ title: String, _ facts: [Fact], _ indent: String) -> [String] {
    guard !facts.isEmpty else { return [] }
    var lines = ["", indent + style(.heading, title)]
    for fact in facts {
      let text = VisibleText.escaped("\(fact.fact): \(fact.value)\(ProblemView.source(of: fact))")
      let wrapped = DisplayWidth.wrap(text, width - indent.count - 4)
      for (index, line) in wrapped.prefix(4).enumerated() { lines.append(indent + (index == 0 ? "  " : "    ") + line) }
    }
    return lines
  }
}
