import Correlator
import Words

/// Failures over time, stacked by reason: a picture, its legend, and the same as a table.
struct TimelineChart {
  private static let height = 200
  /// Reasons with a colour of their own; the others share the last one.
  private static let colours = 6

  private let timeline: Findings.Timeline?
  private let series: [(name: Message, counts: [Int])]
  private let totals: [Int]

  init(_ overview: Findings.Overview) {
    timeline = overview.timeline
    let all = timeline?.series ?? []
    let steps = all.map(\.counts.count).max() ?? 0
    let own = all.count > TimelineChart.colours ? TimelineChart.colours - 1 : all.count
    var series = all.prefix(own).map { (name: TimelineChart.name($0.reason), counts: $0.counts) }
    if all.count > own {
      var rest = Array(repeating: 0, count: steps)
      for one in all.dropFirst(own) { for (step, count) in one.counts.enumerated() { rest[step] += count } }
      series.append((name: "\(all.count - own) other reasons", counts: rest))
    }
    self.series = series
    totals = (0..<steps).map { step in series.reduce(0) { $0 + ($1.counts.indices ~= step ? $1.counts[step] : 0) } }
  }

  private static func name(_ reason: String) -> Message { reason.isEmpty ? "reason not told" : "\(reason)" }

  func write(into html: inout HTML) {
    guard let timeline, let most = totals.max(), most > 0 else { return }
    html.element(.section, [.id("time"), .of(.labelledBy, "time-title")]) { html in
      html.element(.h2, [.id("time-title")], say: "Failures over time")
      html.element(
        .p, [.class("quiet")],
        say: "Each bar is \(Moments.duration(timeline.step)); the highest is \(Moments.count(most)).")
      picture(timeline, most, into: &html)
      html.element(.div, [.class("axis")]) { html in
        for step in [0, totals.count / 2, totals.count - 1] {
          html.element(.span, TimelineChart.minute(timeline.start + Int64(step) * timeline.step))
        }
      }
      legend(into: &html)
      table(timeline, into: &html)
    }
  }

  private func picture(_ timeline: Findings.Timeline, _ most: Int, into html: inout HTML) {
    let height = TimelineChart.height
    let peak = totals.firstIndex(of: most) ?? 0
    let label: Message = """
      \(Moments.count(totals.reduce(0, +), "failure")) in \(totals.count) steps; most, \(Moments.count(most)), at \
      \(Moments.iso(timeline.start + Int64(peak) * timeline.step)). The table below holds every step.
      """
    Bars.chart(label: label, height: height, class: "timeline", into: &html) { html in
      for step in totals.indices where totals[step] > 0 {
        let x = step * Bars.span / totals.count
        let width = max(1, (step + 1) * Bars.span / totals.count - x - (totals.count > 1 ? 2 : 0))
        var y = height
        html.element(.g) { html in
          html.element(.tip, say: words(of: step, timeline))
          for (index, one) in series.enumerated() where one.counts[step] > 0 {
            let part = max(2, Int(Double(one.counts[step]) / Double(most) * Double(height - 4)))
            y = max(0, y - part)
            Bars.rect(x: x, y: y, width: width, height: part, class: "series-\(index)", into: &html)
          }
        }
      }
    }
  }

  private func words(of step: Int, _ timeline: Findings.Timeline) -> Message {
    let parts = series.filter { $0.counts[step] > 0 }.map { "\($0.name) \(Moments.count($0.counts[step]))" as Message }
    return "\(Moments.iso(timeline.start + Int64(step) * timeline.step)): \(parts.joined(separator: ", "))"
  }

  private func legend(into html: inout HTML) {
    html.element(.ul, [.class("legend")]) { html in
      for (index, one) in series.enumerated() {
        html.element(.li) { html in
          Bars.swatch("series-\(index)", into: &html)
          html.say("\(one.name), \(Moments.count(one.counts.reduce(0, +)))")
        }
      }
    }
  }

  private func table(_ timeline: Findings.Timeline, into html: inout HTML) {
    html.element(.details) { html in
      html.element(.summary, say: "As a table")
      Tables.scrolling(html.language("Failures over time by reason"), into: &html) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, [.of(.scope, "col")], say: "starting at")
            for one in series { html.element(.th, [.of(.scope, "col"), .class("number")], say: one.name) }
          }
        }
        html.element(.tbody) { html in
          for step in totals.indices where totals[step] > 0 {
            html.element(.tr) { html in
              let time = Moments.iso(timeline.start + Int64(step) * timeline.step)
              html.element(.th, [.of(.scope, "row")], time)
              for one in series { html.element(.td, [.class("number")], Moments.count(one.counts[step])) }
            }
          }
        }
      }
    }
  }

  /// `2026-11-24 07:49`.
  private static func minute(_ time: Int64) -> String {
    String(Moments.iso(time).prefix(16)).replacing("T", with: " ")
  }
}
