import Correlator
import Words

/// Every distinct failure that fits, written before the page so that other parts know what they can link to.
struct FailureList {
  private let findings: Findings
  private let articles: HTML
  /// How many are there: `f1` to `f…`.
  let shown: Int

  init(_ findings: Findings, _ language: Language) {
    self.findings = findings
    var html = HTML(language)
    var shown = 0
    var known: [String: Int] = [:]
    for problem in findings.problems where html.size < HTMLReport.Budget.failures {
      shown += 1
      FailureArticle(problem, number: shown).write(into: &html, known: &known)
    }
    articles = html
    self.shown = shown
  }

  func write(into html: inout HTML, _ leftOut: inout LeftOut) {
    guard shown > 0 else { return }
    html.element(.section, [.id("failures"), .of(.labelledBy, "failures-title")]) { html in
      html.element(.h2, [.id("failures-title")], say: "Each distinct failure, as the browser saw it")
      controls(into: &html)
      html.element(.div, [.id("failure-list")]) { $0.append(articles) }
    }
    leftOut.add(
      findings.problems.count - shown + findings.problemsLeftOut, "further distinct failure",
      see: "narrow the report with --origin, --endpoint or --reason, or ask the view failures")
  }

  /// Hidden until the script makes them work.
  private func controls(into html: inout HTML) {
    html.element(.div, [.class("controls"), .id("failure-controls"), .hidden]) { html in
      html.element(.label) { html in
        html.say("Search ")
        html.void(.input, [.id("failure-search"), .of(.type, "search")])
      }
      html.element(.label) { html in
        html.say("Order ")
        html.element(.select, [.id("failure-order")]) { html in
          html.element(.option, [.of(.value, "rank")], say: "as ranked")
          html.element(.option, [.of(.value, "failures")], say: "most failures")
          html.element(.option, [.of(.value, "clients")], say: findings.namesClients ? "most clients" : "most captures")
          html.element(.option, [.of(.value, "last")], say: "last seen")
        }
      }
      html.element(.button, [.id("failure-open"), .of(.type, "button")], say: "Open all")
      html.element(.button, [.id("failure-close"), .of(.type, "button")], say: "Close all")
      html.element(.button, [.id("failure-clear"), .of(.type, "button"), .hidden], say: "Show all again")
      let words: [Attribute] = [
        .of(.dataAll, html.language(Moments.count(shown, "failure"))), .shown(in: html.language),
        .of(.dataUntold, html.language("(not told)")),
      ]
      html.element(.p, [.id("failure-status"), .of(.role, "status"), .class("quiet")] + words) { _ in }
    }
  }
}
