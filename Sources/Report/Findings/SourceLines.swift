import Correlator

/// What each input was, and what it cannot show.
struct SourceLines {
  let style: Style
  let width: Int

  func lines(_ sources: [SourceSummary]) -> [String] {
    var lines = [style(.heading, sources.count == 1 ? "Source" : "Sources")]
    for source in sources {
      let summary = SourceLines.summary(source)
      let path = VisibleText.escaped(source.path)
      let room = width - 4 - DisplayWidth.of(summary)
      if DisplayWidth.of(path) <= room {
        lines.append("  \(path)  \(summary)")
      } else {
        lines.append("  " + DisplayWidth.fit(path, width - 2))
        lines += DisplayWidth.wrap(summary, width - 4).map { "    " + $0 }
      }
      for note in SourceLines.notes(source) {
        let wrapped = DisplayWidth.wrap(note, width - 4)
        lines += wrapped.map { "    " + style(.quiet, $0) }
      }
    }
    return lines
  }

  static func summary(_ source: SourceSummary) -> String {
    let format = VisibleText.escaped(source.format)
    let rejected = source.rejected > 0 ? ", \(Moments.count(source.rejected)) unreadable" : ""
    return "\(format), \(Moments.bytes(source.bytes)), \(Moments.count(source.read)) read\(rejected)"
  }

  static func notes(_ source: SourceSummary) -> [String] {
    var notes = source.blindSpots.map(VisibleText.escaped)
    if !source.problems.isEmpty {
      let counts = source.problems.map { "\($0.code) \(Moments.count($0.count))" }
      notes.append("Trouble while reading: \(counts.joined(separator: ", ")).")
    }
    return notes
  }
}
