import Correlator

/// One summary: a bar for each cause, origin or endpoint.
struct GroupBars {
  let style: Style
  let width: Int
  let limit: Int

  /// The three summaries, the asked one first.
  static func ordered(
    _ findings: Findings, _ first: ReportOptions.Grouping
  ) -> [(title: String, rows: [Findings.Group])] {
    let all: [(ReportOptions.Grouping, String, [Findings.Group])] = [
      (.cause, "By cause", findings.byCause), (.origin, "By origin", findings.byOrigin),
      (.endpoint, "By endpoint", findings.byEndpoint),
    ]
    let sorted = all.filter { $0.0 == first } + all.filter { $0.0 != first }
    return sorted.map { (title: $0.1, rows: $0.2) }
  }

  func lines(_ group: (title: String, rows: [Findings.Group])) -> [String] {
    let shown = group.rows.prefix(limit)
    let counts = shown.map { "\(Moments.count($0.failures)) of \(Moments.count($0.requests))" }
    let clients = shown.map { $0.clients > 0 ? Moments.count($0.clients, "client") : "" }
    let countWidth = counts.map(\.count).max() ?? 0
    let clientWidth = clients.map(\.count).max() ?? 0
    let barWidth = min(24, max(8, width / 5))
    let tail = countWidth + (clientWidth > 0 ? clientWidth + 2 : 0)
    let names = shown.map { $0.key.isEmpty ? "(not told)" : VisibleText.escaped($0.key) }
    let longest = names.map { DisplayWidth.of($0) }.max() ?? 0
    let room = width - 2 - 2 - barWidth - 2 - tail
    // A name of its own line, where beside the bar too little of it would be left.
    let isStacked = longest > room && room < 20
    let nameWidth = min(longest, isStacked ? width - 2 : room)
    let most = shown.map(\.failures).max() ?? 0
    var lines = [style(.heading, group.title)]
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
      lines.append("  " + style(.quiet, "and \(Moments.count(group.rows.count - limit)) more"))
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
