import Correlator
import Words

/// Origins against endpoints: which pairs fail, and how often.
struct HeatMap {
  private let cells: [Pair: Findings.MapCell]
  private let origins: [String]
  private let endpoints: [String]
  private let overview: Findings.Overview

  private struct Pair: Hashable {
    var origin: String
    var endpoint: String
  }

  init(_ overview: Findings.Overview) {
    self.overview = overview
    var cells: [Pair: Findings.MapCell] = [:]
    var failures: [String: Int] = [:]
    var endpoints: [String] = []
    for cell in overview.map {
      cells[Pair(origin: cell.origin, endpoint: cell.endpoint)] = cell
      failures[cell.origin, default: 0] += cell.failures
      if endpoints.last != cell.endpoint { endpoints.append(cell.endpoint) }
    }
    self.cells = cells
    self.endpoints = endpoints
    origins = failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// A single row or column is no map: the tables say it better.
  var isWorthwhile: Bool { origins.count > 1 && endpoints.count > 1 }

  func write(into html: inout HTML, _ leftOut: inout LeftOut) {
    guard isWorthwhile else { return }
    let end = html.size + HTMLReport.Budget.map
    var rows = 0
    html.element(.section, [.id("map"), .of(.labelledBy, "map-title")]) { html in
      html.element(.h2, [.id("map-title")], say: "Where: endpoints against origins")
      html.element(
        .p, [.class("quiet")],
        say: "Failures of all requests; the stronger the colour, the larger the share. Empty: nothing was asked.")
      Tables.scrolling(html.language("Failures by endpoint and origin"), class: "map", into: &html) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            html.element(.th, [.of(.scope, "col")], say: "Endpoint")
            for origin in origins {
              html.element(.th, [.of(.scope, "col")]) { name(origin, 32, .origin, into: &$0) }
            }
          }
        }
        html.element(.tbody) { html in
          for endpoint in endpoints where html.size < end {
            row(endpoint, into: &html)
            rows += 1
          }
        }
      }
    }
    leftOut.add(overview.endpoints - rows, "further failing endpoint", " on the map", see: "the tables have them")
    leftOut.add(overview.origins - origins.count, "further failing origin", " on the map", see: "the tables have them")
  }

  private func name(_ text: String, _ width: Int, _ group: Findings.Grouping, into html: inout HTML) {
    html.element(.a, [.href(.failures(group, text))]) { html in
      // Nearly every address is https: what sets them apart comes after it.
      let shown = text.hasPrefix("https://") ? String(text.dropFirst(8)) : text
      Badges.code(
        text.isEmpty ? html.language("(not told)") : DisplayWidth.fit(HTML.shortened(shown), width), into: &html)
    }
  }

  private func row(_ endpoint: String, into html: inout HTML) {
    html.element(.tr) { html in
      html.element(.th, [.of(.scope, "row")]) { name(endpoint, 60, .endpoint, into: &$0) }
      for origin in origins {
        if let cell = cells[Pair(origin: origin, endpoint: endpoint)] {
          html.element(.td, [.class("heat-\(HeatMap.level(cell))")]) { html in
            html.text(Moments.count(cell.failures))
            html.element(.small, say: " of \(Moments.count(cell.requests))")
          }
        } else {
          html.element(.td) { _ in }
        }
      }
    }
  }

  /// 0 where nothing fails, 4 where everything does.
  private static func level(_ cell: Findings.MapCell) -> Int {
    if cell.failures == 0 { return 0 }
    if cell.failures >= cell.requests { return 4 }
    return cell.failures * 10 < cell.requests ? 1 : cell.failures * 2 < cell.requests ? 2 : 3
  }
}
