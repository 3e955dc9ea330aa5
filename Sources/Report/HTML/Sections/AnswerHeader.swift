import Correlator

/// The answer in one sentence, and what share of the requests fails.
struct AnswerHeader {
  private let findings: Findings
  private let answer: Answer

  init(_ findings: Findings, _ answer: Answer) {
    self.findings = findings
    self.answer = answer
  }

  func write(into html: inout HTML) {
    html.element(.header) { html in
      html.element(.p, [.class("kicker")], "CORS report")
      html.element(.h1, answer.sentence)
      for note in answer.notes { html.element(.p, note) }
      if let period = Answer.period(findings.firstSeen, findings.lastSeen) {
        html.element(.p, [.class("quiet")], period)
      }
      if findings.requests > 0 { share(into: &html) }
    }
  }

  private func share(into html: inout HTML) {
    let parts = [
      ("blocked", findings.blocked), ("undetermined", findings.undetermined), ("allowed", findings.allowed),
    ]
    // With a filter by reason the failures are narrowed and the requests are not.
    let total = max(findings.requests, parts.reduce(0) { $0 + $1.1 })
    let said = parts.filter { $0.1 > 0 }.map { "\(Moments.count($0.1)) \($0.0)" }.joined(separator: ", ")
    Bars.chart(label: "Of \(Moments.count(total, "request")): \(said)", height: 10, class: "share", into: &html) { html in
      var x = 0
      for (name, count) in parts where count > 0 {
        let width = max(4, Bars.width(count, of: total))
        Bars.rect(x: x, y: 0, width: min(width, Bars.span - x), height: 10, class: name, into: &html)
        x += width
      }
    }
    html.element(.ul, [.class("legend")]) { html in
      for (name, count) in parts where count > 0 {
        html.element(.li) { html in
          Bars.swatch(name, into: &html)
          html.element(.strong, Bars.percent(count, of: total))
          html.text(" \(name), \(Moments.count(count))")
        }
      }
    }
  }
}
