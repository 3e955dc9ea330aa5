import Correlator
import Evidence
import Words

/// One distinct failure: what the browser saw, what follows from it, and what to change.
struct FailureArticle {
  private static let mostLines = 40
  private let view: ProblemView
  private let number: Int

  init(_ problem: Findings.Problem, number: Int) {
    view = ProblemView(problem)
    self.number = number
  }

  private var verdict: Verdict { view.verdict }

  /// Writes it; `known` holds the configurations written so far, by their lines, with the failure that has them.
  func write(into html: inout HTML, known: inout [String: Int]) {
    let attributes: [Attribute] = [
      .class("failure card"), .id("f\(number)"), .of(.dataCause, verdict.reason?.rawValue ?? ""),
      .of(.dataOrigin, VisibleText.escaped(verdict.origin ?? "")),
      .of(.dataEndpoint, VisibleText.escaped(verdict.endpoint)), .of(.dataFailures, view.problem.failures),
      .of(.dataClients, view.problem.clients),
      .of(.dataLast, view.problem.lastSeen.map { String($0) } ?? ""),
    ]
    html.element(.details, number == 1 ? attributes + [.open] : attributes) { html in
      headline(into: &html)
      html.element(.div, [.class("body")]) { html in
        html.element(.p, say: view.reason?.meaning ?? "The recording does not hold what the browser decided by.")
        if let phase = view.phase { html.element(.p, say: phase) }
        sides(into: &html)
        evidence(into: &html)
        EngineTable(view).write(into: &html)
        causes(into: &html)
        change(into: &html, known: &known)
        place(into: &html)
      }
    }
  }

  private func headline(into html: inout HTML) {
    html.element(.summary) { html in
      html.element(.h3) { html in
        html.element(.span, [.class("quiet")], "\(number). ")
        html.say(view.title)
      }
      html.text(" ")
      if let key = view.key { html.element(.span, [.class("badge key")], key) }
      html.text(" ")
      Badges.certainty(verdict.certainty, into: &html)
      html.element(.span, [.class("route")]) { html in
        html.element(.strong, verdict.method)
        html.text(" ")
        Badges.code(verdict.endpoint, into: &html)
        html.say(" from ")
        Badges.code(verdict.origin ?? html.language("(origin not recorded)"), into: &html)
      }
      html.element(.span, [.class("quiet counts")], say: view.extent)
    }
  }

  private func sides(into html: inout HTML) {
    let sides = view.sides
    guard !sides.isEmpty else { return }
    html.element(.div, [.class("sides")]) { html in
      for side in sides { write(side, into: &html) }
    }
  }

  private func write(_ side: ProblemView.Side, into html: inout HTML) {
    let label = html.language("\(side.title), failure \(number)")
    html.element(.section, [.class("side"), .of(.role, "group"), .label(label)]) { html in
      html.element(.h4, say: side.title)
      html.element(.p, [.class("place")]) { Badges.code(side.place, into: &$0) }
      html.element(.table, [.class("fields")]) { html in
        html.element(.caption, [.class("unseen")], say: "\(side.title): fields sent and answered")
        fields("sent", side.request, into: &html)
        fields("answered", side.response, into: &html)
      }
    }
  }

  private func fields(_ title: Message, _ lines: [ProblemView.Line], into html: inout HTML) {
    guard !lines.isEmpty else { return }
    html.element(.tbody) { html in
      html.element(.tr) {
        $0.element(.th, [.class("direction"), .of(.scope, "rowgroup"), .of(.colspan, 2)], say: title)
      }
      for line in lines.prefix(FailureArticle.mostLines) {
        html.element(.tr, line.decided ? [.class("decided")] : []) { html in
          html.element(.th, [.of(.scope, "row")], line.name)
          html.element(.td) { html in
            if line.isNote { html.say(line.value) } else { Badges.code(html.language(line.value), into: &html) }
            if line.decided {
              html.text(" ")
              html.element(.mark, say: "decided")
            }
          }
        }
      }
      if lines.count > FailureArticle.mostLines {
        let more: Message = "\(Moments.count(lines.count - FailureArticle.mostLines)) more"
        html.element(.tr) { $0.element(.td, [.of(.colspan, 2)], say: more) }
      }
    }
  }

  private func evidence(into html: inout HTML) {
    html.element(.div, [.class("sides")]) { html in
      facts("Recorded besides", view.recorded, class: "recorded", into: &html)
      facts("Inferred, not recorded", view.inferred, class: "inferred", into: &html)
    }
    html.element(.p, say: view.certainty)
  }

  private func facts(_ title: Message, _ facts: [Fact], class name: String, into html: inout HTML) {
    guard !facts.isEmpty else { return }
    let label = html.language("\(title), failure \(number)")
    html.element(.section, [.class("facts \(name)"), .of(.role, "group"), .label(label)]) { html in
      html.element(.h4, say: title)
      html.element(.ul) { html in
        for fact in facts.prefix(FailureArticle.mostLines) {
          let words = FactWords(fact)
          html.element(.li) { html in
            html.say("\(words.name): ")
            Badges.code(html.language(words.value), into: &html)
            if let source = words.source { html.element(.small, say: " \(source)") }
          }
        }
      }
    }
  }

  private func causes(into html: inout HTML) {
    html.element(.dl) { html in
      if let cause = view.cause {
        html.element(.dt, say: "Root cause")
        html.element(.dd) { html in
          html.element(.strong, say: "\(cause.title). ")
          html.say(cause.meaning)
        }
      }
      if let reason = view.reason {
        html.element(.dt, say: "Where it is written")
        html.element(.dd) { html in
          html.say("\(reason.clause). ")
          html.element(.a, [.href(.mdn(ReasonPage(reason)))], say: "\(reason.key.rawValue) on MDN")
        }
      }
    }
  }

  private func change(into html: inout HTML, known: inout [String: Int]) {
    if let fix = view.offeredFix {
      html.element(.p, [.class("fix")]) { html in
        html.element(.strong, say: "Fix: ")
        html.say(fix)
      }
    } else if let reason = view.reason {
      html.element(.p, [.class("fix")]) { html in
        html.element(.strong, say: "In general: ")
        html.say(reason.remedy)
      }
    }
    if let tried = view.tried { html.element(.p, say: tried) }
    let lines = (view.configuration.map { [$0] } ?? view.configurations).map(\.lines).joined(separator: "\n")
    guard !lines.isEmpty else { return }
    if let other = known[lines] {
      html.element(.p) { html in
        html.say("The configuration is the same as that of ")
        html.element(.a, [.href(.place("f\(other)"))], say: "failure \(other)")
        html.text(".")
      }
    } else {
      known[lines] = number
      FixConfiguration(view).write(id: "f\(number)-lines", into: &html)
    }
  }

  private func place(into html: inout HTML) {
    html.element(.p, [.class("quiet")]) { html in
      html.say("The first of them: entry \(verdict.anchor.entry) of ")
      Badges.code(view.problem.source, into: &html)
      html.text(", ")
      Badges.code(verdict.url, into: &html)
      html.text(". ")
      html.element(.a, [.href(.place("f\(number)"))], say: "Link to this failure")
    }
  }
}
