import Correlator
import Words

/// What each input was, and what it cannot show.
struct SourceList {
  private let sources: [SourceSummary]

  init(_ sources: [SourceSummary]) { self.sources = sources }

  func write(into html: inout HTML, _ leftOut: inout LeftOut) {
    guard !sources.isEmpty else { return }
    let end = html.size + HTMLReport.Budget.sources
    var written = 0
    html.element(.section, [.id("sources"), .of(.labelledBy, "sources-title")]) { html in
      html.element(.h2, [.id("sources-title")], say: SourceLines.title(sources))
      html.element(.ul, [.class("sources")]) { html in
        for source in sources where html.size < end {
          html.element(.li) { html in
            Badges.code(source.path, into: &html)
            html.say(" \(SourceLines.summary(source))")
            let notes = SourceLines.notes([source])
            if !notes.isEmpty {
              html.element(.ul) { html in for note in notes { html.element(.li, [.class("quiet")], say: note) } }
            }
          }
          written += 1
        }
      }
    }
    leftOut.add(sources.count - written, "further source")
  }
}
