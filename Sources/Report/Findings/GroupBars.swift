import Correlator
import Words

/// One summary: a bar for each cause, origin or endpoint.
struct GroupBars {
  let style: Style
  let width: Int
  let limit: Int
  let say: Language

  /// The three summaries, the asked one first.
  static func ordered(
    _ findings: Findings, _ first: Findings.Grouping
  ) -> [(grouping: Findings.Grouping, rows: [Findings.Group])] {
    let all: [(grouping: Findings.Grouping, rows: [Findings.Group])] = [
      (.cause, findings.byCause), (.origin, findings.byOrigin), (.endpoint, findings.byEndpoint),
    ]
    return all.filter { $0.grouping == first } + all.filter { $0.grouping != first }
  }

  func lines(_ group: (grouping: Findings.Grouping, rows: [Findings.Group])) -> [String] {
    let shown = group.rows.prefix(limit)
    let counts = shown.map { say("\(Moments.count($0.failures)) of \(Moments.count($0.requests))") }
    let clients = shown.map { $0.clients > 0 ? say(Moments.count($0.clients, "client")) : "" }
    let countWidth = counts.map { DisplayWidth.of($0) }.max() ?? 0
    let clientWidth = clients.map { DisplayWidth.of($0) }.max() ?? 0
    let barWidth = min(24, max(8, width / 5))
    let tail = countWidth + (clientWidth > 0 ? clientWidth + 2 : 0)
    let names = shown.map { $0.key.isEmpty ? say("(not told)") : VisibleText.escaped($0.key) }
    let longest = names.map { DisplayWidth.of($0) }.max() ?? 0
    let room = width - 2 - 2 - barWidth - 2 - tail
    // A name of its own line, where beside the bar too little of it would be left.
    let isStacked = longest > room && room < 20
    let nameWidth = min(longest, isStacked ? width - 2 : room)
    let most = shown.map(\.failures).max() ?? 0
    var lines = [style(.heading, say(group.grouping.title))]
    for (index, row) in shown.enumerated() {
      let name = DisplayWidth.pad(DisplayWidth.fit(names[index], nameWidth), nameWidth)
      let bar = DisplayWidth.pad(GroupBars.bar(row.failures, of: most, width: barWidth), barWidth)
      if isStacked { lines.append("  " + DisplayWidth.fit(names[index], nameWidth)) }
      var line =
        "  \(isStacked ? "" : name)  \(style(.blocked, bar))  \(DisplayWidth.padLeft(counts[index], countWidth))"
      if !clients[index].isEmpty { line += "  " + DisplayWidth.padLeft(clients[index], clientWidth) }
      lines.append(line)
    }
    if group.rows.count > limit {
      lines.append("  " + style(.quiet, say("and \(Moments.count(group.rows.count - limit)) more")))
    }
    return lines
  }

  /// Whole and eighth blocks; anything that is there at all has a mark.
  static func bar(_ value: Int, of most: Int, width: Int) -> String {
    guard value > 0, most > 0 else { return "" }
    let eighths = max(1, Int(Double(value) / Double(most) * Double(width * 8)))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}

extension Findings.Grouping {
  var title: Message {
    switch self {
    case .cause: "By cause"
    case .origin: "By origin"
    case .endpoint: "By endpoint"
    }
  }
}
