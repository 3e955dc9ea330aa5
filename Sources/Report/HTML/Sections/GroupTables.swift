import Correlator

/// Failures by cause, origin and endpoint, in tables that the page's script sorts and filters.
struct GroupTables {
  private let findings: Findings
  private let first: ReportOptions.Grouping

  init(_ findings: Findings, _ first: ReportOptions.Grouping) {
    self.findings = findings
    self.first = first
  }

  func write(into html: inout HTML, _ leftOut: inout LeftOut) {
    guard findings.blocked > 0 else { return }
    html.element(.section, [.id("groups"), .of(.labelledBy, "groups-title")]) { html in
      html.element(.h2, [.id("groups-title")], "Failures in groups")
      html.element(.p, [.class("quiet")], "A name leads to its failures below.")
      for (title, rows) in GroupBars.ordered(findings, first) where !rows.isEmpty {
        let group: Link.Group = title == "By cause" ? .cause : title == "By origin" ? .origin : .endpoint
        let written = table(title, group, rows, into: &html)
        let all = max(rows.count, total(group))
        leftOut.add(all - written, "further row", " of the table \(title.lowercasedFirstLetter)")
      }
    }
  }

  private func total(_ group: Link.Group) -> Int {
    switch group {
    case .cause: findings.overview?.causes ?? 0
    case .origin: findings.overview?.origins ?? 0
    case .endpoint: findings.overview?.endpoints ?? 0
    }
  }

  private func table(_ title: String, _ group: Link.Group, _ rows: [Findings.Group], into html: inout HTML) -> Int {
    let end = html.size + HTMLReport.Budget.table
    var written = 0
    let hasClients = rows.contains { $0.clients > 0 }
    html.element(.div, [.class("group"), .id("by-\(group.rawValue)")]) { html in
      html.element(.h3, title)
      if rows.count > 8 { filter("table-\(group.rawValue)", "Filter \(title.lowercasedFirstLetter)", into: &html) }
      Tables.scrolling("Failures \(title.lowercasedFirstLetter)", class: "sortable", into: &html) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, [.of(.scope, "col")], group.rawValue)
            let numbers = ["failures", "requests", "failing"] + (hasClients ? ["\(findings.clientNoun)s"] : [])
            for name in numbers { html.element(.th, [.of(.scope, "col"), .class("number")], name) }
            for name in ["first seen", "last seen"] { html.element(.th, [.of(.scope, "col"), .class("time")], name) }
          }
        }
        html.element(.tbody, [.id("table-\(group.rawValue)")]) { html in
          for row in rows where html.size < end {
            write(row, group, hasClients, into: &html)
            written += 1
          }
        }
      }
    }
    return written
  }

  /// Hidden until the script makes it work.
  private func filter(_ table: String, _ title: String, into html: inout HTML) {
    html.element(.p, [.class("filter"), .hidden]) { html in
      html.element(.label, [.of(.for, "\(table)-filter")], title)
      html.text(" ")
      html.void(.input, [.id("\(table)-filter"), .of(.type, "search"), .of(.dataFilter, table)])
      html.text(" ")
      html.element(.span, [.class("quiet"), .of(.role, "status")]) { _ in }
    }
  }

  private func write(_ row: Findings.Group, _ group: Link.Group, _ hasClients: Bool, into html: inout HTML) {
    html.element(.tr) { html in
      html.element(.th, [.of(.scope, "row"), .of(.dataSort, row.key)]) { html in
        html.element(.a, [.href(.failures(group, row.key))]) { html in
          if group == .cause {
            html.text(row.key.isEmpty ? "(not told)" : row.key)
          } else {
            Badges.code(row.key.isEmpty ? "(not told)" : row.key, into: &html)
          }
        }
        if group == .cause, let reason = ReasonKey(rawValue: row.key).flatMap({ Reason.of($0) }) {
          html.text(" ")
          html.element(.small, reason.title)
        }
      }
      number(row.failures, Moments.count(row.failures), into: &html)
      number(row.requests, Moments.count(row.requests), into: &html)
      let perMille = row.requests > 0 ? row.failures * 1000 / row.requests : 0
      html.element(.td, [.class("number share"), .of(.dataSort, perMille)]) { html in
        Bars.share(row.failures, of: row.requests, class: "blocked", into: &html)
        html.element(.span, Bars.percent(row.failures, of: row.requests))
      }
      if hasClients { number(row.clients, Moments.count(row.clients), into: &html) }
      time(row.firstSeen, into: &html)
      time(row.lastSeen, into: &html)
    }
  }

  private func number(_ value: Int, _ words: String, into html: inout HTML) {
    html.element(.td, [.class("number"), .of(.dataSort, value)], words)
  }

  private func time(_ value: Int64?, into html: inout HTML) {
    html.element(.td, [.class("time"), .of(.dataSort, value.map { String($0) } ?? "")], value.map(Moments.iso) ?? "")
  }
}

extension String {
  /// `By origin` as `by origin`, to stand within a sentence.
  var lowercasedFirstLetter: String { prefix(1).lowercased() + dropFirst() }
}
