import Correlator
import Words

/// The change to make, as configuration: for the server that was seen, else for each that is known.
struct FixConfiguration {
  private let view: ProblemView

  init(_ view: ProblemView) { self.view = view }

  func write(id: String, isOpen: Bool = false, into html: inout HTML) {
    let all = view.configurations
    if let one = view.configuration {
      html.element(.details, [.class("lines"), .id(id)] + (isOpen ? [.open] : [])) { html in
        html.element(.summary) { html in
          html.say("Configuration for \(one.server), the server that answered")
          if let server = view.context.server {
            html.text(" (")
            Badges.code(server, into: &html)
            html.text(")")
          }
        }
        block(one, into: &html)
        notes(into: &html)
      }
    } else if !all.isEmpty {
      html.element(.details, [.class("lines"), .id(id)]) { html in
        html.element(.summary, say: "Configuration: the answer does not tell its server, so for each of \(all.count)")
        notes(into: &html)
        for one in all {
          html.element(.details) { html in
            html.element(.summary, one.server)
            block(one, into: &html)
          }
        }
      }
    }
  }

  private func block(_ configuration: Reason.Configuration, into html: inout HTML) {
    let label = html.language("Configuration for \(configuration.server)")
    html.element(.pre, [.of(.tabindex, 0), .of(.role, "group"), .label(label)]) { html in
      html.element(.code, [.of(.dir, "ltr")]) { $0.lines(configuration.lines) }
    }
  }

  private func notes(into html: inout HTML) {
    html.element(.div, [.class("security")]) { html in
      html.element(.strong, say: "What it opens")
      html.element(.ul) { html in
        for note in SecurityNotes.of(view.context, view.reason) { html.element(.li, say: note) }
      }
    }
  }
}
