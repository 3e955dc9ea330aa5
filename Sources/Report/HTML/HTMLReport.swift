import Correlator
import Words

/// The page: from the answer in one sentence to each distinct failure.
struct HTMLReport {
  /// Bytes that a part may take before it leaves out the rest: together under five megabytes.
  enum Budget {
    static let failures = 2_200_000
    static let faults = 600_000
    static let table = 250_000
    static let map = 300_000
    static let waterfalls = 500_000
    static let sources = 200_000
  }

  let findings: Findings
  let options: ReportOptions

  init(_ findings: Findings, _ options: ReportOptions) {
    self.findings = findings
    self.options = options
  }

  func write(into sink: inout some TextOutputStream) {
    let answer = AnswerHeader(findings)
    // Written first, for the other parts link only to failures that are there.
    let failures = FailureList(findings, options.language)
    var leftOut = LeftOut()
    var html = HTML.document(options.language)
    html.element(.html, [.of(.lang, options.language.rawValue)]) { html in
      head(answer, into: &html)
      html.element(.body) { html in
        html.element(.a, [.class("skip"), .href(.place("main"))], say: "Skip to the problems")
        answer.write(into: &html)
        navigation(failures, into: &html)
        sink.write(html.take())
        html.element(.main, [.id("main"), .of(.tabindex, -1)]) { html in
          if let overview = findings.overview {
            FaultList(overview, shown: failures.shown, client: findings.clientNoun).write(into: &html, &leftOut)
            sink.write(html.take())
            TimelineChart(overview).write(into: &html)
            WaterfallList(overview, shown: failures.shown).write(into: &html, &leftOut)
            sink.write(html.take())
            HeatMap(overview).write(into: &html, &leftOut)
          }
          GroupTables(findings, options.grouping).write(into: &html, &leftOut)
          sink.write(html.take())
          failures.write(into: &html, &leftOut)
          sink.write(html.take())
          SourceList(findings.sources).write(into: &html, &leftOut)
        }
        footer(leftOut, into: &html)
        html.asset(.script)
      }
    }
    sink.write(html.take() + "\n")
  }

  private func head(_ answer: AnswerHeader, into html: inout HTML) {
    html.element(.head) { html in
      html.void(.meta, [.of(.charset, "utf-8")])
      html.void(.meta, [.of(.httpEquiv, "Content-Security-Policy"), .of(.content, PageAsset.policy)])
      html.void(.meta, [.of(.name, "viewport"), .of(.content, "width=device-width, initial-scale=1")])
      html.void(.meta, [.of(.name, "color-scheme"), .of(.content, "light dark")])
      html.void(.meta, [.of(.name, "referrer"), .of(.content, "no-referrer")])
      html.element(.title, say: "CORS report: \(answer.sentence)")
      html.asset(.style)
    }
  }

  private func navigation(_ failures: FailureList, into html: inout HTML) {
    var places: [(id: String, title: Message)] = []
    if let overview = findings.overview {
      if !overview.faults.isEmpty { places.append(("problems", "Problems")) }
      if overview.timeline != nil { places.append(("time", "Over time")) }
      if !overview.waterfalls.isEmpty { places.append(("waterfall", "Waterfall")) }
      if HeatMap(overview).isWorthwhile { places.append(("map", "Where")) }
    }
    if findings.blocked > 0 { places.append(("groups", "Groups")) }
    if failures.shown > 0 { places.append(("failures", "Failures")) }
    if !findings.sources.isEmpty { places.append(("sources", "Sources")) }
    html.element(.nav, [.label(html.language("Parts of the report"))]) { html in
      html.element(.ul) { html in
        for place in places {
          html.element(.li) { $0.element(.a, [.href(.place(place.id))], say: place.title) }
        }
      }
    }
  }

  private func footer(_ leftOut: LeftOut, into html: inout HTML) {
    html.element(.footer) { html in
      var notes = leftOut.notes
      if html.cutTexts > 0 {
        notes.append("\(Moments.count(html.cutTexts, "very long text")) cut in the middle.")
      }
      if !notes.isEmpty {
        html.element(.h2, say: "What this page leaves out")
        html.element(.ul) { html in for note in notes { html.element(.li, say: note) } }
      }
      html.element(
        .p, [.class("quiet")],
        say: """
          Written by corsleuth. This page is whole in itself: it loads nothing and sends nothing. Control and \
          bidirectional characters from the input are shown as escapes.
          """)
    }
  }
}

/// What did not fit: told at the end of the page.
struct LeftOut {
  private(set) var notes: [Message] = []

  /// Adds a count of `noun`, in the singular; what follows it stands in `tail`.
  mutating func add(_ count: Int, _ noun: String, _ tail: Message = "", see remedy: Message = "") {
    guard count > 0 else { return }
    let what: Message = "\(Moments.count(count, noun))\(tail)"
    notes.append(remedy.isEmpty ? "\(what)." : "\(what): \(remedy).")
  }
}
