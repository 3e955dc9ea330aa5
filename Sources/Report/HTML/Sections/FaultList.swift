import Correlator
import Words

/// The few things behind all failures, what hurts most first, each with its fix.
struct FaultList {
  /// Problems that are seen at once; the others have to be opened.
  private static let open = 8

  private let overview: Findings.Overview
  private let shown: Int
  private let client: String

  /// `shown` of the distinct failures are on the page, and a client is called `client`.
  init(_ overview: Findings.Overview, shown: Int, client: String) {
    self.overview = overview
    self.shown = shown
    self.client = client
  }

  func write(into html: inout HTML, _ leftOut: inout LeftOut) {
    guard !overview.faults.isEmpty else { return }
    let end = html.size + HTMLReport.Budget.faults
    var written = 0
    html.element(.section, [.id("problems"), .of(.labelledBy, "problems-title")]) { html in
      html.element(.h2, [.id("problems-title")], say: "Problems, by whom they hurt")
      html.element(
        .p, [.class("quiet")], say: "Failures that one change on one server would mend are one problem here.")
      html.element(.ol, [.class("faults")]) { html in
        for fault in overview.faults.prefix(FaultList.open) where html.size < end {
          written += 1
          write(fault, written, into: &html)
        }
      }
      guard written < overview.faults.count, html.size < end else { return }
      html.element(.details) { html in
        html.element(.summary, say: Moments.count(overview.faults.count - written, "smaller problem"))
        html.element(.ol, [.class("faults")]) { html in
          for fault in overview.faults.dropFirst(FaultList.open) where html.size < end {
            written += 1
            write(fault, written, into: &html)
          }
        }
      }
    }
    leftOut.add(overview.faults.count - written + overview.faultsLeftOut, "smaller problem")
  }

  private func write(_ fault: Findings.Fault, _ rank: Int, into html: inout HTML) {
    let view = ProblemView(fault.example)
    html.element(.li, [.id("problem-\(rank)"), .class("card")]) { html in
      html.element(.h3) { html in
        html.element(.span, [.class("rank")], "\(rank)")
        html.text(" ")
        html.say(view.title)
        if let key = view.key {
          html.text(" ")
          html.element(.small, key)
        }
      }
      html.element(.p, [.class("hurt")]) { html in
        html.element(.strong, Moments.count(fault.failures))
        html.say(" of \(Moments.count(fault.requests, "request"))")
        if fault.clients > 0 {
          html.text(", ")
          html.element(.strong, say: Moments.count(fault.clients, client))
        }
        html.say(" at ")
        Badges.code(fault.server, into: &html)
        html.say(place(fault))
      }
      Bars.share(fault.failures, of: fault.requests, class: "blocked", into: &html)
      if let cause = view.cause {
        html.element(.p) { html in
          html.element(.strong, say: "Cause: ")
          html.say("\(cause.title).")
        }
      }
      if let fix = view.offeredFix {
        html.element(.p, [.class("fix")]) { html in
          html.element(.strong, say: "Fix: ")
          html.say(fix)
        }
      }
      if let tried = view.tried { html.element(.p, [.class("quiet")], say: tried) }
      FixConfiguration(view).write(id: "problem-\(rank)-lines", isOpen: rank == 1, into: &html)
      if fault.origins > 1, !view.configurations.isEmpty {
        let others = Moments.count(fault.origins - 1)
        html.element(
          .p, [.class("quiet")],
          say: "The lines name one origin; of the other \(others), list beside it those that you trust.")
      }
      links(fault, into: &html)
    }
  }

  private func place(_ fault: Findings.Fault) -> Message {
    let endpoints: Message = fault.endpoints > 1 ? ", at \(Moments.count(fault.endpoints, "endpoint"))" : ""
    let origins: Message = fault.origins > 1 ? ", from \(Moments.count(fault.origins, "origin"))" : ""
    return "\(endpoints)\(origins)"
  }

  private func links(_ fault: Findings.Fault, into html: inout HTML) {
    let given = fault.given.filter { $0 < shown }
    guard !given.isEmpty else { return }
    html.element(.p, [.class("links")]) { html in
      html.say(fault.problems == 1 ? "What the browser saw: " : "What the browser saw, each in its own place: ")
      for (index, place) in given.enumerated() {
        if index > 0 { html.text(", ") }
        html.element(.a, [.href(.place("f\(place + 1)"))], say: "failure \(place + 1)")
      }
      if fault.problems > given.count { html.say(" and \(Moments.count(fault.problems - given.count)) more") }
    }
  }
}
