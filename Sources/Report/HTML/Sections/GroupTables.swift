import Correlator
import Words

/// Failures by cause, origin and endpoint, in tables that the page's script sorts and filters.
struct GroupTables {
  private let findings: Findings
  private let first: Findings.Grouping

  init(_ findings: Findings, _ first: Findings.Grouping) {
    self.findings = findings
    self.first = first
  }

  func write(into html: inout HTML, _ leftOut: inout LeftOut) {
    guard findings.blocked > 0 else { return }
    html.element(.section, [.id("groups"), .of(.labelledBy, "groups-title")]) { html in
      html.element(.h2, [.id("groups-title")], say: "Failures in groups")
      html.element(.p, [.class("quiet")], say: "A name leads to its failures below.")
      for (grouping, rows) in GroupBars.ordered(findings, first) where !rows.isEmpty {
        let group = Group(grouping)
        let written = table(group, rows, into: &html)
        let all = max(rows.count, total(group.link))
        leftOut.add(all - written, "further row", " of the table: \(group.caption)")
      }
    }
  }

  private func total(_ group: Findings.Grouping) -> Int {
    switch group {
    case .cause: findings.overview?.causes ?? 0
    case .origin: findings.overview?.origins ?? 0
    case .endpoint: findings.overview?.endpoints ?? 0
    }
  }

  private func table(_ named: Group, _ rows: [Findings.Group], into html: inout HTML) -> Int {
    let group = named.link
    let end = html.size + HTMLReport.Budget.table
    var written = 0
    let hasClients = rows.contains { $0.clients > 0 }
    html.element(.div, [.class("group"), .id("by-\(group.rawValue)")]) { html in
      html.element(.h3, say: named.title)
      if rows.count > 8 { filter("table-\(group.rawValue)", "Filter: \(named.caption)", into: &html) }
      Tables.scrolling(html.language(named.caption), class: "sortable", into: &html) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, [.of(.scope, "col")], say: named.column)
            let clients: [Message] = hasClients ? [findings.namesClients ? "clients" : "captures"] : []
            let numbers: [Message] = ["failures", "requests", "failing"] + clients
            let times: [Message] = ["first seen", "last seen"]
            for name in numbers { html.element(.th, [.of(.scope, "col"), .class("number")], say: name) }
            for name in times { html.element(.th, [.of(.scope, "col"), .class("time")], say: name) }
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
  private func filter(_ table: String, _ title: Message, into html: inout HTML) {
    html.element(.p, [.class("filter"), .hidden]) { html in
      html.element(.label, [.of(.for, "\(table)-filter")], say: title)
      html.text(" ")
      html.void(.input, [.id("\(table)-filter"), .of(.type, "search"), .of(.dataFilter, table)])
      html.text(" ")
      html.element(.span, [.class("quiet"), .of(.role, "status"), .shown(in: html.language)]) { _ in }
    }
  }

  private func write(_ row: Findings.Group, _ group: Findings.Grouping, _ hasClients: Bool, into html: inout HTML) {
    html.element(.tr) { html in
      html.element(.th, [.of(.scope, "row"), .of(.dataSort, row.key)]) { html in
        html.element(.a, [.href(.failures(group, row.key))]) { html in
          if group == .cause {
            html.text(row.key.isEmpty ? html.language("(not told)") : row.key)
          } else {
            Badges.code(row.key.isEmpty ? html.language("(not told)") : row.key, into: &html)
          }
        }
        if group == .cause, let reason = ReasonKey(rawValue: row.key).flatMap({ Reason.of($0) }) {
          html.text(" ")
          html.element(.small, say: reason.title)
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

/// One grouping, as a page names it and links to it.
private struct Group {
  let link: Findings.Grouping
  let title: Message
  let caption: Message
  let column: Message

  init(_ grouping: Findings.Grouping) {
    title = grouping.title
    switch grouping {
    case .cause: (link, caption, column) = (.cause, "Failures by cause", "cause")
    case .origin: (link, caption, column) = (.origin, "Failures by origin", "origin")
    case .endpoint: (link, caption, column) = (.endpoint, "Failures by endpoint", "endpoint")
    }
  }
}
