import Foundation
import Testing

@Suite struct FileTests {
  @Test func `no file of the program is a wall to read`() throws {
    let files = try Checkout.swiftFiles("Sources") + Checkout.swiftFiles("Queries")
    #expect(files.count > 100)
    for file in files {
      let lines = try Checkout.text(file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= 500, "\(file) has \(lines) lines")
    }
  }

  @Test func `the top level holds what a visitor looks for, and nothing else`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Checkout.root.path)
    let visible = Set(names.filter { !$0.hasPrefix(".") }).subtracting(["Package.resolved"])
    #expect(
      visible == [
        "Package.swift", "Sources", "Tests", "SampleData", "Queries", "README.md", "Makefile", "LICENSE",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
      ])
  }

  /// Folders of whoever wrote a file mean nothing to its reader.
  @Test func `no file names a folder of the machine it was written on`() throws {
    let folders = ["work", "root", "tmp/x"].map { "/\($0)/" }
    let pattern = try Regex("(^|[^\\w.~-])(\(folders.joined(separator: "|")))")
    let kinds: Set = ["swift", "md", "py", "sh", "sql", "session", "json", "har", "log", "txt", ""]
    for file in try Checkout.files() {
      let url = URL(filePath: file)
      guard kinds.contains(url.pathExtension), !file.hasPrefix("Tests/ConformanceTests/Captures/") else { continue }
      guard let text = try? Checkout.text(file) else { continue }
      guard folders.contains(where: text.contains) else { continue }
      let places = text.split(separator: "\n").filter { $0.firstMatch(of: pattern) != nil }
      #expect(places == [], "\(file)")
    }
  }

  @Test func `nothing is left to do, and no crash is left to be reached`() throws {
    let marks = ["TO" + "DO", "FIX" + "ME", "fatal" + "Error(", "try" + "!"]
    for file in try Checkout.swiftFiles("Sources") {
      let text = try Checkout.text(file)
      #expect(marks.filter(text.contains) == [], "\(file)")
    }
  }

  @Test func `samples are small, and each has a line in their README`() throws {
    let readme = try Checkout.text("SampleData/README.md")
    let files = try Checkout.files("SampleData").filter { !$0.hasSuffix("README.md") }
    var bytes = 0
    for file in files {
      let name = file.dropFirst("SampleData/".count)
      #expect(readme.contains("| `\(name)` |"), "\(name)")
      bytes += try Data(contentsOf: Checkout.root.appending(path: file)).count
    }
    #expect(bytes < 300_000)
    #expect(readme.matches(of: /\n\| `/).count == files.count)
  }
}
