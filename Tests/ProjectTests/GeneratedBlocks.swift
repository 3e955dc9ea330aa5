import Foundation
import Ingestion
import Queries
import Report
import Store

/// The parts of the README that the program writes: between `<!-- table: NAME -->` or `<!-- output: COMMAND -->` and `<!-- end -->`.
struct GeneratedBlocks {
  struct Block: Equatable {
    let head: String
    let body: String
  }

  let text: String

  var blocks: [Block] {
    text.matches(of: /<!-- ((?:table|output): [^\n]*) -->\n((?:(?!<!-- end -->)[\s\S])*)<!-- end -->/)
      .map { Block(head: String($0.1), body: String($0.2)) }
  }

  /// The text with each block as it should be now.
  func refreshed() throws -> String {
    var text = text
    for block in blocks {
      let mark = "<!-- \(block.head) -->\n"
      text = text.replacing(mark + block.body + "<!-- end -->", with: mark + (try content(block.head)) + "<!-- end -->")
    }
    return text
  }

  func content(_ head: String) throws -> String {
    switch head {
    case "table: reasons": return ReferenceTables.reasons
    case "table: root-causes": return ReferenceTables.rootCauses
    case "table: queries": return Self.queries
    case "table: views": return Self.views
    case "table: log-formats": return Self.logFormats
    default: break
    }
    let words = head.split(separator: " ").map(String.init)
    guard words.starts(with: ["output:", "corsleuth"]) else { return "no such block\n" }
    return "```text\n\(try Program.run(Array(words.dropFirst(2)), environment: ["COLUMNS": "100"]))```\n"
  }

  private static var queries: String {
    let rows = QueryCatalog.all.map { query in
      let parameters = query.parameters.map { "`\($0.name)`" }.joined(separator: ", ")
      return "| `\(query.name)` | \(query.question) | \(parameters) |\n"
    }
    return "| query | question | parameters |\n| --- | --- | --- |\n" + rows.joined()
  }

  private static var views: String {
    ViewGlossary.all.map { view in
      let rows = view.rows.map { row in
        "| \(row.columns.map { "`\($0)`" }.joined(separator: row.isOfEach ? " / " : ", ")) | \(row.meaning) |\n"
      }
      let heading = "### \(view.names.map { "`\($0)`" }.joined(separator: ", "))\n\n"
      let words = view.words.isEmpty ? "" : view.words + "\n\n"
      return heading + words + "| column | meaning |\n| --- | --- |\n" + rows.joined()
    }.joined(separator: "\n")
  }

  private static var logFormats: String {
    let rows = LogFormatCatalogue.all.map { "| `\($0.name)` | \($0.title) |\n" }
    return "| format | what writes it |\n| --- | --- |\n" + rows.joined()
  }
}
