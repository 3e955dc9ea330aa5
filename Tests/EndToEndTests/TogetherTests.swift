import Foundation
import Testing

/// Several runs that want one store at the same time: each input gets in, whoever makes the store.
@Suite struct `Imports at the same time` {
  @Test(arguments: ["nothing", "an empty file", "what a killed run left"])
  func `begin one store together`(standing: String) throws {
    let shell = try Shell()
    for number in 0..<6 {
      let line =
        #"203.0.113.\#(number) - - [12/Mar/2025:10:10:11 +0000] "OPTIONS /a HTTP/1.1" 204 0 "-" "Mozilla/5.0 x""#
      try (line + "\n").write(to: shell.folder.appending(path: "\(number).log"), atomically: false, encoding: .utf8)
    }
    for _ in 0..<4 {
      _ = try shell.run("rm -f s.db s.db.partial")
      switch standing {
      case "an empty file": _ = try shell.run("touch s.db")
      case "what a killed run left": _ = try shell.run("head -c 9000 /dev/zero > s.db.partial")
      default: break
      }
      let runs = try (0..<6).map { number in
        let run = Process()
        run.executableURL = Shell.program
        run.arguments = ["import", "--quiet", "--store", "s.db", "\(number).log"]
        run.currentDirectoryURL = shell.folder
        try run.run()
        return run
      }
      for run in runs { run.waitUntilExit() }
      #expect(runs.map(\.terminationStatus) == [0, 0, 0, 0, 0, 0])
      let names = "SELECT path AS name FROM sources ORDER BY 1"
      let sources = try shell.run("corsleuth query --store s.db --format csv --sql '\(names)'")
      #expect(sources.output.map { $0.prefix(4) } == ["name"] + (0..<6).map { "\($0).lo" })
      #expect(try shell.run("ls s.db*").output == ["s.db"])
    }
  }
}
