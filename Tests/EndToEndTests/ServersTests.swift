import Foundation
import Testing

/// Several servers behind one name, each with its own log.
@Suite struct `Logs of several servers` {
  static func line(_ request: String, _ second: Int) -> String {
    #"10.0.0.1 - - [12/Mar/2025:10:15:\#(second) +0000] "\#(request) HTTP/2.0" 200 5 "-" "Mozilla/5.0 (X11) Chrome/141.0.0.0""#
      + "\n"
  }

  @Test(arguments: ["nodes/east.log nodes/west.log", "nodes/west.log nodes/east.log", "nodes"])
  func `a preflight in one is followed in another, in whatever order they are read`(_ inputs: String) throws {
    let shell = try Shell()
    let folder = shell.folder.appending(path: "nodes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let logs = [
      "east.log": Self.line("OPTIONS /a", 10) + Self.line("GET /b", 31),
      "west.log": Self.line("GET /a", 11) + Self.line("OPTIONS /b", 30),
    ]
    for (name, text) in logs { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let step = try shell.run("corsleuth import --quiet --store s.db \(inputs)")
    #expect(step.status == 0)
    let query = "SELECT url, outcome FROM preflights ORDER BY url"
    #expect(
      try shell.run("corsleuth query --store s.db --format ndjson --sql '\(query)'").output == [
        #"{"url": "/a", "outcome": "followed"}"#, #"{"url": "/b", "outcome": "followed"}"#,
      ])
  }
}
