import Correlator
import Evidence
import Words

/// What each engine decides on the same bytes, and what its console says.
struct EngineTable {
  private let view: ProblemView

  init(_ view: ProblemView) { self.view = view }

  func write(into html: inout HTML) {
    html.element(.table, [.class("engines")]) { html in
      html.element(.caption, [.class("unseen")], say: "What each engine decides")
      html.element(.thead) { html in
        html.element(.tr) { html in
          let titles: [Message] = ["Engine", "Verdict", "In its words"]
          for title in titles { html.element(.th, [.of(.scope, "col")], say: title) }
        }
      }
      html.element(.tbody) { html in
        for engine in Engine.allCases {
          let decision = view.verdict.engines[engine]
          html.element(.tr) { html in
            html.element(.th, [.of(.scope, "row")], ProblemView.name(engine))
            html.element(.td) { Badges.decision(decision, into: &$0) }
            html.element(.td, decision == .blocked ? words(of: engine, in: html.language) : "")
          }
        }
      }
    }
  }

  private func words(of engine: Engine, in language: Language) -> String {
    switch engine {
    case .chromium: return view.verdict.chromiumError?.rawValue ?? ""
    case .firefox: return view.reason.map { "Reason: \(filled($0.firefoxMessage))" } ?? ""
    case .webkit: return view.reason.map { filled(language($0.webkitMessage)) } ?? ""
    }
  }

  /// The catalogue's messages name what varies in capital letters.
  private func filled(_ message: String) -> String {
    let deciding = view.verdict.phase == .preflight ? view.problem.preflight : view.problem.exchange
    let values = [
      ("Origin O ", "Origin \(view.verdict.origin ?? "…") "), ("Method M ", "Method \(view.verdict.method) "),
      ("Status code: N", "Status code: \(deciding?.status.map { String($0) } ?? "…")"), ("VALUE", "…"), ("TOKEN", "…"),
      ("NAME", "…"),
    ]
    return values.reduce(message) { $0.replacing($1.0, with: $1.1) }
  }
}
