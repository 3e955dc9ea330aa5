import Foundation
import Testing

/// Logs that grow, rotate and are packed between imports and while they are followed: the store is that of one import of each whole.
@Suite struct `A log that grows` {
  /// Lines with preflights, what followed them, traffic, and lines that cannot be read; `name` keeps two logs apart.
  static func log(_ name: String, lines: Range<Int>) -> String {
    lines.map { line in
      let start =
        "203.0.113.\(line / 4 % 7) - - [12/Mar/2025:10:\(10 + line / 400):\(10 + line / 8 % 50) +0000] "
      let agent =
        #""https://app.example.com/" "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0""#
      return switch line % 4 {
      case 0: start + #""OPTIONS /\#(name)/\#(line / 4) HTTP/1.1" \#(line % 3 == 0 ? 403 : 204) 0 \#(agent)"#
      case 1 where line % 3 == 0: start + #""PUT /\#(name)/\#(line / 4) HTTP/1.1" 200 5 \#(agent)"#
      case 2 where line % 50 == 2: start + "broken"
      default: start + #""GET /static/\#(line) HTTP/1.1" 200 5 "-" "curl/8.0""#
      }
    }.joined(separator: "\n") + "\n"
  }

  private let shell: Shell
  private let views = ["verdicts", "preflights", "exchanges", "traffic", "rejects"]

  init() throws { shell = try Shell() }

  private func write(_ text: some StringProtocol, to name: String, appending: Bool = false) throws {
    let file = shell.folder.appending(path: name)
    guard appending, let handle = FileHandle(forWritingAtPath: file.path) else {
      return try text.write(to: file, atomically: false, encoding: .utf8)
    }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// All that the views show, but for paths and moments of import.
  private func content(_ store: String) throws -> [String] {
    var lines: [String] = []
    for view in views {
      let step = try shell.run("corsleuth query --store \(store) --format ndjson --sql 'SELECT * FROM \(view)'")
      #expect(step.status == 0)
      lines += step.output.map { $0.replacing(/"source": ?"[^"]*"/, with: "") }
    }
    let columns = "sha256, format, bytes, read, kept, counted, rejected, problems, source_id"
    lines += try shell.run("corsleuth query --store \(store) --format ndjson --sql 'SELECT \(columns) FROM sources'")
      .output
    return lines.sorted()
  }

  /// Expects the rows of one to be the other's, and shows the first that differ.
  private func expectSame(_ one: [String], _ other: [String], at place: SourceLocation = #_sourceLocation) throws {
    let differences = one.difference(from: other).prefix(4).map { change in
      switch change {
      case .insert(_, let row, _): "only in the first: \(row)"
      case .remove(_, let row, _): "only in the other: \(row)"
      }
    }
    #expect(differences == [], sourceLocation: place)
  }

  @Test func `import after import, wherever it was cut`() throws {
    let text = Self.log("a", lines: 0..<700)
    try write(text, to: "whole.log")
    _ = try shell.run("corsleuth import --store whole.db whole.log")
    let whole = try content("whole.db")
    #expect(whole.count > 200)
    // In the middle of lines, of seconds, at a line's end, before and after the first 4096 bytes.
    let length = text.utf8.count
    for cut in [37, 1200, 4095, 4097, length / 3, length / 2 + 11, length - 40, length] {
      try write(String(decoding: text.utf8.prefix(cut), as: UTF8.self), to: "grow.log")
      #expect(try shell.run("corsleuth import --store grow.db grow.log").status == (cut == 37 ? 65 : 0))
    }
    try expectSame(content("grow.db"), whole)
    #expect(
      try shell.run("corsleuth import --store grow.db grow.log").diagnostics == [
        "corsleuth: 'grow.log' is in the store already"
      ])
  }

  @Test func `rotated, packed and unpacked in between`() throws {
    let (old, new) = (Self.log("a", lines: 0..<300), Self.log("b", lines: 300..<500))
    try write(old.prefix(old.count / 2), to: "access.log")
    _ = try shell.run("corsleuth import --store s.db access.log")
    // It grew, was rotated and packed at once, and another took its place.
    try write(old, to: "access.log")
    _ = try shell.run("mv access.log access.log.1 && gzip access.log.1")
    try write(new, to: "access.log")
    let second = try shell.run("corsleuth import --store s.db access.log access.log.1.gz")
    #expect(second.diagnostics.contains { $0.hasPrefix("corsleuth: 'access.log.1.gz' has grown") })
    _ = try shell.run("gzip -dk access.log.1.gz")
    let third = try shell.run("corsleuth import --store s.db access.log access.log.1")
    #expect(third.diagnostics.count == 2 && third.diagnostics.allSatisfy { $0.hasSuffix("is in the store already") })
    _ = try shell.run("corsleuth import --store ref.db access.log.1.gz access.log")
    try expectSame(content("s.db"), content("ref.db"))
  }

  @Test func `read with other options, it is read anew`() throws {
    let text = Self.log("a", lines: 0..<300)
    try write(text.prefix(text.count / 2), to: "a.log")
    _ = try shell.run("corsleuth import --store s.db a.log")
    try write(text, to: "a.log")
    _ = try shell.run(
      "corsleuth import --store s.db --keep all a.log; corsleuth import --store ref.db --keep all a.log")
    try expectSame(content("s.db"), content("ref.db"))
  }

  /// A log without `Origin` and `Referer`: only the preflight before it tells what a GET was.
  static func bare(_ numbers: Range<Int>) -> [String] {
    let agent = #""-" "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0""#
    return numbers.flatMap { number in
      ["OPTIONS", "GET"].map { method in
        "203.0.113.\(number % 7) - - [12/Mar/2025:10:\(10 + number):11 +0000] "
          + #""\#(method) /a/\#(number) HTTP/1.1" 200 5 \#(agent)"# + "\n"
      }
    }
  }

  @Test(arguments: ["as a folder", "one after the other", "followed"])
  func `a preflight before the rotation, its request after it`(manner: String) throws {
    let lines = Self.bare(0..<20)
    let (old, new) = (lines[..<19].joined(), lines[19...].joined())
    let followed = "SELECT count(*) AS preflights, count(follow_up_id) AS followed FROM preflights"
    _ = try shell.run("mkdir logs")
    switch manner {
    case "followed":
      try write(old, to: "logs/access.log")
      let process = try following("logs/access.log")
      defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
      try wait("SELECT coalesce(sum(read), 0) FROM sources", in: "s.db", for: "19")
      _ = try shell.run("mv logs/access.log logs/access.log.1")
      try write(new, to: "logs/access.log")
      try wait("SELECT coalesce(sum(read), 0) FROM sources", in: "s.db", for: "40")
      kill(process.processIdentifier, SIGINT)
      process.waitUntilExit()
    case "one after the other":
      try write(old, to: "logs/access.log")
      _ = try shell.run("corsleuth import --store s.db logs/access.log; mv logs/access.log logs/access.log.1")
      try write(new, to: "logs/access.log")
      _ = try shell.run("corsleuth import --store s.db logs/access.log")
    default:
      try write(old, to: "logs/access.log.1")
      try write(new, to: "logs/access.log")
      _ = try shell.run("corsleuth import --store s.db logs")
    }
    let answer = try shell.run("corsleuth query --store s.db --format csv --sql '\(followed)'").output
    #expect(answer.last?.hasPrefix("20,20") == true)
  }

  @Test func `whichever order several logs come in`() throws {
    for (index, name) in ["a", "b", "a"].enumerated() {
      try write(Self.log(name, lines: index * 97..<index * 97 + 250), to: "node\(index).log")
    }
    _ = try shell.run("corsleuth import --store one.db node0.log node1.log node2.log")
    _ = try shell.run("corsleuth import --store two.db node2.log; corsleuth import --store two.db node1.log node0.log")
    try expectSame(content("one.db"), content("two.db"))
  }

  /// Waits for something to show in the store, at most ten seconds.
  private func wait(_ sql: String, in store: String, for answer: String) throws {
    var last: [String] = []
    for _ in 0..<100 {
      last = try shell.run("corsleuth query --store \(store) --format csv --sql '\(sql)'").output
      if last.last?.hasPrefix(answer) == true { return }
      usleep(100_000)
    }
    Issue.record("\(sql) gave \(last), not \(answer)")
  }

  private func following(_ input: String) throws -> Process {
    let process = Process()
    process.executableURL = Shell.program
    process.arguments = ["import", "--quiet", "--follow", "--store", "s.db", input]
    process.currentDirectoryURL = shell.folder
    try process.run()
    return process
  }

  @Test(arguments: [true, false]) func `followed from when it comes into a folder`(isFirst: Bool) throws {
    let (old, new) = (Self.log("a", lines: 0..<300), Self.log("b", lines: 300..<500))
    _ = try shell.run("mkdir logs")
    if !isFirst { try write(old, to: "logs/a.log") }
    let process = try following("logs")
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    let read = "SELECT coalesce(sum(read), 0) FROM sources"
    try wait(read, in: "s.db", for: isFirst ? "0" : "300")
    try write(new.prefix(70), to: "logs/b.log")
    try wait("SELECT count(*) > \(isFirst ? -1 : 0) FROM sources", in: "s.db", for: "1")
    try write(new.dropFirst(70), to: "logs/b.log", appending: true)
    if isFirst { try write(old, to: "logs/a.log") }
    try wait(read, in: "s.db", for: "500")
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    _ = try shell.run("corsleuth import --store ref.db logs")
    try expectSame(content("s.db"), content("ref.db"))
  }

  @Test(arguments: ["rename", "copytruncate"], [SIGTERM, SIGINT, SIGKILL])
  func `followed through its rotation`(rotation: String, signal: Int32) throws {
    let (old, new) = (Self.log("a", lines: 0..<300), Self.log("b", lines: 300..<500))
    let read = "SELECT coalesce(sum(read), 0) FROM sources"
    try write(old.prefix(3000), to: "access.log")
    let process = try following("access.log")
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    try wait("SELECT count(*) > 0 FROM exchanges", in: "s.db", for: "1")
    try write(old.dropFirst(3000).prefix(20_001), to: "access.log", appending: true)
    usleep(600_000)
    try write(old.dropFirst(23_001), to: "access.log", appending: true)
    try wait(read, in: "s.db", for: "300")
    if rotation == "rename" {
      _ = try shell.run("mv access.log access.log.1")
      try write(new.prefix(5000), to: "access.log")
    } else {
      _ = try shell.run("cp access.log access.log.1 && : >access.log")
      usleep(700_000)
      try write(new.prefix(5000), to: "access.log", appending: true)
    }
    try wait("SELECT count(*) FROM sources", in: "s.db", for: "2")
    try write(new.dropFirst(5000), to: "access.log", appending: true)
    try wait(read, in: "s.db", for: "500")
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    if signal != SIGKILL { #expect(process.terminationStatus == 0 && process.terminationReason == .exit) }
    // What a killed run had not paired yet, the next import pairs.
    let after = try shell.run("corsleuth import --store s.db access.log.1 access.log")
    #expect(after.diagnostics.allSatisfy { $0.hasSuffix("is in the store already") })
    _ = try shell.run("corsleuth import --store ref.db access.log.1 access.log")
    try expectSame(content("s.db"), content("ref.db"))
  }
}
