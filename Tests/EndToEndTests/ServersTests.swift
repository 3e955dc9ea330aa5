import Foundation
import Testing

/// Several servers behind one name, each with its own log.
@Suite struct `Logs of several servers` {
  static func line(_ request: String, _ second: Int) -> String {
    #"10.0.0.1 - - [12/Mar/2025:10:15:\#(second) +0000] "\#(request) HTTP/2.0" 200 5 "-" "Mozilla/5.0 (X11) Chrome/141.0.0.0""#
      + "\n"
  }

  @Test(arguments: [
    "corsleuth import --quiet --store s.db nodes/east.log nodes/west.log",
    "corsleuth import --quiet --store s.db nodes/west.log nodes/east.log",
    "corsleuth import --quiet --store s.db nodes",
    "cat nodes/east.log | corsleuth import --quiet --store s.db - nodes/west.log",
    "cat nodes/west.log | corsleuth import --quiet --store s.db nodes/east.log -",
    "cd nodes && gzip east.log && python3 -m zipfile -c ../n.zip east.log.gz west.log && cd .. && corsleuth import --quiet --store s.db n.zip",
  ])
  func `a preflight in one is followed in another, wherever they lie and in whatever order`(command: String) throws {
    let shell = try Shell()
    let folder = shell.folder.appending(path: "nodes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let logs = [
      "east.log": Self.line("OPTIONS /a", 10) + Self.line("GET /b", 31),
      "west.log": Self.line("GET /a", 11) + Self.line("OPTIONS /b", 30),
    ]
    for (name, text) in logs { try Data(text.utf8).write(to: folder.appending(path: name)) }
    #expect(try shell.run(command).status == 0)
    let query = "SELECT url, outcome FROM preflights ORDER BY url"
    #expect(
      try shell.run("corsleuth query --store s.db --format ndjson --sql '\(query)'").output == [
        #"{"url": "/a", "outcome": "followed"}"#, #"{"url": "/b", "outcome": "followed"}"#,
      ])
  }

  /// Each tells less than another: no host, no user agent, no origin; or the whole URL where others tell its path.
  @Test(arguments: [
    ("combined", line("GET /a?x=1", 11)),
    ("common", "10.0.0.1 - - [12/Mar/2025:10:15:11 +0000] \"GET /a?x=1 HTTP/2.0\" 200 5\n"),
    ("vhost", "api.example:443 " + line("GET /a?x=1", 11)),
    (
      "envoy",
      #"[2025-03-12T10:15:11.413Z] "GET /a?x=1 HTTP/2" 200 - 0 5 5 - "10.0.0.1" "Mozilla/5.0 (X11) Chrome/141.0.0.0" "7d" "api.example" "-""#
        + "\n"
    ),
    (
      "json",
      #"{"time":"2025-03-12T10:15:11Z","client":"10.0.0.1","scheme":"https","host":"api.example","method":"GET","url":"/a?x=1","status":200,"origin":"https://app.example","acao":"*"}"#
        + "\n"
    ),
  ])
  func `a preflight in one is followed in another of another format`(name: String, followUp: String) throws {
    let shell = try Shell()
    let asked =
      #"{"time":"2025-03-12T10:15:10Z","client":"10.0.0.1","scheme":"https","host":"api.example","method":"OPTIONS","url":"/a?x=1","status":204,"user_agent":"Mozilla/5.0 (X11) Chrome/141.0.0.0","origin":"https://app.example","acrm":"GET","acrh":"x-a","acao":"*","acah":"*"}"#
    try Data((asked + "\n").utf8).write(to: shell.folder.appending(path: "edge.log"))
    try Data(followUp.utf8).write(to: shell.folder.appending(path: "\(name).log"))
    let step = try shell.run("corsleuth import --quiet --store s.db edge.log \(name).log")
    #expect(step.status == 0)
    let query = "SELECT outcome FROM preflights"
    #expect(
      try shell.run("corsleuth query --store s.db --format ndjson --sql '\(query)'").output == [
        #"{"outcome": "followed"}"#
      ])
  }
}
