import Correlator
import Evidence

/// One distinct problem on a terminal.
struct ProblemText {
  let style: Style
  let width: Int

  func lines(_ rank: Int, _ view: ProblemView) -> [String] {
    let number = "\(rank)  "
    var lines = headline(number, view)
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

  private func headline(_ number: String, _ view: ProblemView) -> [String] {
    let title = DisplayWidth.wrap(view.title, width - number.count)
    let indent = String(repeating: " ", count: number.count)
    var lines = title.enumerated().map { ($0 == 0 ? number : indent) + style(.heading, $1) }
    if title.count == 1, let key = view.key {
      let gap = width - number.count - DisplayWidth.of(title[0]) - key.count
      if gap >= 2 { lines[0] += String(repeating: " ", count: gap) + style(.key, key) }
    }
    return lines
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
    let room = width - indent.count - 4 - nameWidth - 2
    // A value of its own line, where beside the name too little of it would be left.
    let isStacked = room < 16
    for (index, line) in all.enumerated() {
      let direction = index == side.request.count ? "← " : "  "
      let mark = line.decided ? "▶ " : "  "
      let role: Style.Role? = line.decided ? .decided : line.isNote ? .quiet : nil
      func add(_ mark: String, _ text: String) {
        lines.append(indent + mark + (role.map { style($0, text) } ?? text))
      }
      let value = VisibleText.escaped(line.value)
      if isStacked {
        add(mark + direction, line.name)
        add("      ", DisplayWidth.fit(value, width - indent.count - 6))
      } else {
        add(mark + direction, "\(DisplayWidth.pad(line.name, nameWidth))  \(DisplayWidth.fit(value, room))")
      }
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
