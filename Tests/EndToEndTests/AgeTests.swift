import Foundation
import Testing

/// Times that are told as ages.
@Suite struct AgeTests {
  /// One failure before 1970, and one of the year 2020.
  private static func shell() throws -> Shell {
    let shell = try Shell()
    let entries = ["1960-01-01", "2020-01-01"].map { day in
      #"{"startedDateTime":"\#(day)T00:00:00Z","request":{"method":"GET","url":"https://b.example/","headers":"#
        + #"[{"name":"Origin","value":"https://a.example"}]},"response":{"status":200,"headers":[{"name":"Date","value":"x"}]}}"#
    }
    let har = #"{"log":{"entries":[\#(entries.joined(separator: ","))]}}"#
    try har.write(to: shell.folder.appending(path: "old.har"), atomically: true, encoding: .utf8)
    _ = try shell.run("corsleuth import --store s.db old.har")
    return shell
  }

  @Test(
    arguments: [
      ("--since 100000d", 2), ("--since 300000d", 2), ("--since 15000w", 2), ("--since 20000d", 1), ("--since 1d", 0),
      ("--until 0m", 2), ("--until 1d", 2), ("--until 20000d", 1), ("--until 100000d", 0), ("--until 1970-01-01", 1),
      ("--since 1969-12-31", 1), ("--since 0000-01-01", 2), ("--since 100000d --until 20000d", 1),
      ("--since 800000d", 2), ("--since 99999999999999999w", 2), ("--since 9223372036854775807m", 2),
      ("--until 800000d", 0), ("--until 99999999999999999w", 0),
    ])
  func `reach back as far as they say`(filter: String, failures: Int) throws {
    let step = try Self.shell().run("corsleuth report --store s.db --format csv \(filter)")
    #expect(step.status == 0 && step.diagnostics == [])
    #expect(step.output.count - 1 == failures)
  }
}
