import Correlator
import Foundation
import Queries
import Store
import Testing

/// The README says what the program does: tables, screens, commands and columns are compared with the program itself.
///
/// With `CORSLEUTH_RECORD=1` in the environment its generated blocks are written anew, and the test fails once.
@Suite struct ReadmeTests {
  let readme: String

  init() throws { readme = try Checkout.text("README.md") }

  @Test func `its generated blocks are fresh`() throws {
    let blocks = GeneratedBlocks(text: readme)
    #expect(Set(blocks.blocks.map(\.head)).count == blocks.blocks.count)
    #expect(blocks.blocks.count >= 4)
    let refreshed = try blocks.refreshed()
    if ProcessInfo.processInfo.environment["CORSLEUTH_RECORD"] != nil, refreshed != readme {
      try refreshed.write(to: Checkout.root.appending(path: "README.md"), atomically: true, encoding: .utf8)
      Issue.record("the README was written anew")
    } else {
      for (old, new) in zip(blocks.blocks, GeneratedBlocks(text: refreshed).blocks) {
        #expect(old == new, "\(old.head): CORSLEUTH_RECORD=1 swift test --filter ProjectTests writes it anew")
      }
    }
  }

  @Test func `every command is in it, with each of its options`() throws {
    let commands = try Program.commands()
    #expect(commands.count >= 5)
    let wanted = commands.flatMap { command in
      ["`corsleuth \(command.commandName)"]
        + command.longOptions.filter { !["--help", "--version"].contains($0) }.map { "`\($0)" }
    }
    #expect(missing(Set(wanted).sorted()) == [])
  }

  @Test func `every ready query is in it`() {
    #expect(QueryCatalog.all.count == QueryCatalog.fileCount)
    #expect(missing(QueryCatalog.all.map { "| `\($0.name)` |" }) == [])
  }

  @Test func `every exit status is in it`() {
    #expect(missing([0, 1, 64, 65, 66, 73, 74].map { "\n| \($0) | " }) == [])
  }

  private func missing(_ words: [String]) -> [String] { words.filter { !readme.contains($0) } }

  @Test func `every view of the store is in it, with its columns`() throws {
    let reader = try StoreWriter(.temporary, options: StoreWriter.Options(now: 0)).close()
    var views: [String] = []
    _ = try reader.rows("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name") { row in
      if case .text(let name)? = row.first { views.append(name) }
    }
    #expect(views.count >= 10)
    let documented = ViewSections(readme)
    #expect(Set(views) == Set(documented.columns.keys))
    for view in views {
      let columns = try reader.rows("SELECT * FROM \(view) LIMIT 0") { _ in }.columns
      #expect(documented.columns[view] == columns, "\(view)")
    }
  }
}

/// What the README says of views: a heading `### \`name\`` for one or several, then a table whose first cells name the columns.
///
/// In a heading of several views a row that says `\`a\` / \`b\`` names the column of each in turn.
struct ViewSections {
  private(set) var columns: [String: [String]] = [:]

  init(_ text: String) {
    var views: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") {
        views = line.hasPrefix("### `") ? ViewSections.names(line) : []
        for view in views { columns[view] = [] }
      } else if line.hasPrefix("| `"), !views.isEmpty {
        let cell = line.dropFirst(2).prefix { $0 != "|" }
        let names = ViewSections.names(cell)
        let isOfEach = cell.contains(" / ")
        for (index, view) in views.enumerated() {
          columns[view, default: []] += isOfEach ? names[index...].prefix(1) : names[...]
        }
      }
    }
  }

  private static func names(_ text: some StringProtocol) -> [String] {
    String(text).matches(of: /`([a-z_0-9]+)`/).map { String($0.1) }
  }
}
