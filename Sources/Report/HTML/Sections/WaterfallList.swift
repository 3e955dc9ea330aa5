import Correlator
import Words

/// The captures' requests in the order of time, each tied to its preflight.
struct WaterfallList {
  private let overview: Findings.Overview
  private let shown: Int

  init(_ overview: Findings.Overview, shown: Int) {
    self.overview = overview
    self.shown = shown
  }

  func write(into html: inout HTML, _ leftOut: inout LeftOut) {
    guard !overview.waterfalls.isEmpty else { return }
    let end = html.size + HTMLReport.Budget.waterfalls
    var rowsLeftOut = 0
    var captures = 0
    html.element(.section, [.id("waterfall"), .of(.labelledBy, "waterfall-title")]) { html in
      let one = overview.waterfalls.count == 1
      html.element(.h2, [.id("waterfall-title")], say: one ? "The capture" : "The captures")
      html.element(.p, [.class("quiet")], say: "Requests under CORS in the order of time; others are not shown.")
      legend(into: &html)
      for capture in overview.waterfalls where html.size < end {
        var written = 0
        let attributes: [Attribute] = captures == 0 ? [.open] : []
        captures += 1
        html.element(.details, attributes) { html in
          html.element(.summary) { html in
            Badges.code(capture.source, into: &html)
            html.say(" \(Moments.count(capture.rows.count + capture.rowsLeftOut, "request"))")
          }
          written = rows(of: capture, end: end, into: &html)
        }
        rowsLeftOut += capture.rows.count - written + capture.rowsLeftOut
      }
    }
    leftOut.add(rowsLeftOut, "further request", " of a capture", see: "SQL over the view verdicts shows them")
    leftOut.add(overview.waterfalls.count - captures + overview.waterfallsLeftOut, "further capture", " with failures")
  }

  private func legend(into html: inout HTML) {
    let parts: [(name: String, title: Message)] = [
      ("preflight", "preflight"), ("blocked", "blocked"), ("allowed", "allowed"), ("undetermined", "undetermined"),
      ("unsent", "never sent"),
    ]
    html.element(.ul, [.class("legend")]) { html in
      for (name, title) in parts {
        html.element(.li) { html in
          Bars.swatch(name, into: &html)
          html.say(title)
        }
      }
    }
  }

  private func rows(of capture: Findings.Waterfall, end: Int, into html: inout HTML) -> Int {
    let clock = WaterfallClock(capture.rows)
    var written = 0
    Tables.scrolling(html.language("Requests of \(capture.source)"), class: "waterfall", into: &html) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          let titles: [Message] = ["Entry", "Request", "Preflight", "Status", "Verdict"]
          for title in titles { html.element(.th, [.of(.scope, "col")], say: title) }
          html.element(.th, [.of(.scope, "col"), .class("when")]) { html in
            html.say("Time")
            if let length = clock.length { html.element(.small, say: " 0 to \(Moments.duration(length))") }
          }
        }
      }
      html.element(.tbody) { html in
        for row in capture.rows where html.size < end {
          write(row, clock, into: &html)
          written += 1
        }
      }
    }
    return written
  }

  private func write(_ row: Findings.Waterfall.Row, _ clock: WaterfallClock, into html: inout HTML) {
    html.element(.tr) { html in
      html.element(.td, [.class("number")], String(row.entry))
      html.element(.th, [.of(.scope, "row"), .class("request")]) { html in
        html.element(.strong, row.method)
        html.text(" ")
        Badges.code(DisplayWidth.fit(HTML.shortened(row.url), 90), into: &html)
      }
      html.element(.td, [.class("before"), .of(.dataName, html.language("preflight"))]) { html in
        guard let preflight = row.preflight else { return html.say("none") }
        html.say(preflight.status.map { "\($0)" } ?? "no answer")
        html.element(.small, say: " entry \(preflight.entry)")
      }
      html.element(
        .td, [.class("status"), .of(.dataName, html.language("answer"))],
        say: row.request?.status.map { "\($0)" } ?? (isUnsent(row) ? "never sent" : "no answer"))
      html.element(.td, [.class("verdict")]) { html in
        Badges.decision(row.decision, into: &html)
        guard let reason = row.reason?.rawValue else { return }
        html.text(" ")
        if let problem = row.problem, problem < shown {
          html.element(.a, [.href(.place("f\(problem + 1)"))], reason)
        } else {
          html.element(.small, reason)
        }
      }
      html.element(.td, [.class("when")]) { bar(row, clock, into: &$0) }
    }
  }

  /// Whether the preflight held the request back.
  private func isUnsent(_ row: Findings.Waterfall.Row) -> Bool {
    row.request?.status == nil && row.preflight != nil && row.decision == .blocked
  }

  private func bar(_ row: Findings.Waterfall.Row, _ clock: WaterfallClock, into html: inout HTML) {
    let preflight = row.preflight.flatMap(clock.place)
    let request = row.request.flatMap(clock.place)
    Bars.chart(label: nil, height: 20, class: "when", into: &html) { html in
      if let preflight, let request {
        Bars.line(x1: preflight.end, x2: max(request.start, preflight.end), y: 10, class: "tie", into: &html)
      }
      if let preflight {
        let tip: Message = "preflight \(clock.words(row.preflight))"
        Bars.rect(
          x: preflight.start, y: 6, width: preflight.end - preflight.start, height: 8, class: "preflight", tip: tip,
          into: &html)
      }
      if let request {
        let name = isUnsent(row) ? "unsent" : row.decision.rawValue
        // Drawn behind its preflight even where the exporter counts the wait for it in.
        let start = preflight.map { max($0.end, request.start) } ?? request.start
        Bars.rect(
          x: start, y: 3, width: max(WaterfallClock.least, request.end - start), height: 14, class: name,
          tip: "\(row.method) \(clock.words(row.request))", into: &html)
      }
    }
  }
}

/// Where moments of one capture lie across its width.
struct WaterfallClock {
  /// Units that the shortest exchange takes.
  static let least = 8

  private let first: Int64
  /// Microseconds; `nil` where nothing has a time.
  let length: Int64?

  init(_ rows: [Findings.Waterfall.Row]) {
    var first: Int64?
    var last: Int64?
    for span in rows.flatMap({ [$0.preflight, $0.request].compactMap { $0 } }) {
      guard let start = span.start else { continue }
      let (end, overflow) = start.addingReportingOverflow(max(0, span.duration ?? 0))
      first = min(first ?? start, start)
      last = max(last ?? start, overflow ? start : end)
    }
    self.first = first ?? 0
    let (length, overflow) = (last ?? 0).subtractingReportingOverflow(first ?? 0)
    self.length = first == nil || overflow ? nil : max(1, length)
  }

  func place(_ span: Findings.Waterfall.Span) -> (start: Int, end: Int)? {
    guard let length, let start = span.start else { return nil }
    func unit(_ time: Int64) -> Int { Int(Double(time) / Double(length) * Double(Bars.span - WaterfallClock.least)) }
    let begin = unit(start - first)
    return (begin, begin + max(WaterfallClock.least, unit(min(max(0, span.duration ?? 0), length))))
  }

  func words(_ span: Findings.Waterfall.Span?) -> Message {
    guard let span, let start = span.start, length != nil else { return "" }
    let begin: Message = "at \(Moments.duration(start - first))"
    return span.duration.map { "\(begin), took \(Moments.duration($0))" } ?? begin
  }
}
