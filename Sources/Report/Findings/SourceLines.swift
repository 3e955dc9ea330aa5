import Correlator
import Words

/// What the inputs were, and what they cannot show: each kind of blind spot is said once, however many inputs share it.
struct SourceLines {
  /// Inputs that get a line of their own; the others are summed up.
  static let limit = 8

  let style: Style
  let width: Int
  let say: Language

  func lines(_ sources: [SourceSummary]) -> [String] {
    var lines = [style(.heading, say(SourceLines.title(sources)))]
    for source in sources.prefix(SourceLines.limit) {
      let summary = say(SourceLines.summary(source))
      let path = VisibleText.escaped(source.path)
      let room = width - 4 - DisplayWidth.of(summary)
      if DisplayWidth.of(path) <= room || room >= 24 && sources.count > 1 {
        lines.append("  \(DisplayWidth.fit(path, room))  \(summary)")
      } else {
        lines.append("  " + DisplayWidth.fit(path, width - 2))
        lines += DisplayWidth.wrap(summary, width - 4).map { "    " + $0 }
      }
    }
    if let rest = SourceLines.rest(sources) { lines.append("  " + say(rest)) }
    for note in SourceLines.notes(sources) {
      for (index, line) in DisplayWidth.wrap(say(note), width - 4).enumerated() {
        lines.append((index == 0 ? "  - " : "    ") + style(.quiet, line))
      }
    }
    return lines
  }

  static func title(_ sources: [SourceSummary]) -> Message { sources.count == 1 ? "Source" : "Sources" }

  static func summary(_ source: SourceSummary) -> Message {
    let format: Message = "\(VisibleText.escaped(source.format))"
    let trouble = source.problems.map { "\($0.code) \(Moments.count($0.count))" as Message }
    let rejected: [Message] = source.rejected > 0 ? ["\(Moments.count(source.rejected)) unreadable"] : []
    return ([format, "\(Moments.bytes(source.bytes))", "\(Moments.count(source.read)) read"] + rejected + trouble)
      .joined(separator: ", ")
  }

  /// The inputs without a line of their own.
  static func rest(_ sources: [SourceSummary]) -> Message? {
    let rest = sources.dropFirst(limit)
    guard !rest.isEmpty else { return nil }
    let read = rest.reduce(0) { $0 + $1.read }
    let bytes = rest.reduce(0) { $0 + $1.bytes }
    let rejected = rest.reduce(0) { $0 + $1.rejected }
    let more: Message = "and \(Moments.count(rest.count)) more: \(Moments.bytes(bytes)), \(Moments.count(read)) read"
    return rejected > 0 ? "\(more), \(Moments.count(rejected)) unreadable" : more
  }

  /// The blind spots, each once, with the number of inputs that have it where not all do.
  static func notes(_ sources: [SourceSummary]) -> [Message] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for source in sources {
      for note in Set(source.blindSpots).sorted(by: { place(of: $0, source) < place(of: $1, source) }) {
        if counts[note] == nil { order.append(note) }
        counts[note, default: 0] += 1
      }
    }
    return order.map { note in
      let count = counts[note] ?? 0
      let words = Message(kept: VisibleText.escaped(note))
      return count < sources.count ? "\(words) (\(count) of \(sources.count) sources)" : words
    }
  }

  private static func place(of note: String, _ source: SourceSummary) -> Int {
    source.blindSpots.firstIndex(of: note) ?? 0
  }
}
