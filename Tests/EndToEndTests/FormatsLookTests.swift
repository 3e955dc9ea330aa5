import Foundation
import Testing

/// What `formats` takes JSON for is what `analyze` takes it for.
@Suite struct FormatsLookTests {
  private static let entry =
    #"{"startedDateTime":"2026-01-01T00:00:00Z","request":{"method":"GET","url":"https://a.example/"}}"#

  @Test(
    arguments: [
      (#"{"a":1}"#, "unknown: JSON without an entry of a HAR", 65),
      ("[]", "unknown: JSON without an entry of a HAR", 65),
      ("{", "unknown: JSON without an entry of a HAR", 65),
      (#"{"level":"info","msg":"started","time":"2026-01-01T00:00:00Z"}"#, "unknown: JSON without an entry", 65),
      (#"{"request":"GET / HTTP/1.1","status":200}"#, "unknown: JSON without an entry of a HAR", 65),
      (#"{"log":"GET / 200","stream":"stdout","time":"2026-01-01T00:00:00Z"}"#, "unknown: JSON without an entry", 65),
      (
        #"{"time":"2026-01-01T00:00:00Z","method":"GET","request_uri":"/","status":200,"host":"a.example"}"#, "json, ",
        0
      ),
      (#"{"log":{"version":"1.2","entries":[]}}"#, "HAR, ", 0),
      (#"{"log":{"entries":[\#(entry)]}}"#, "HAR, ", 0), (entry, "HAR, ", 0), ("[\(entry)]", "HAR, ", 0),
      (#"{"a":"\#(String(repeating: "x", count: 400_000))","log":{"entries":[\#(entry)]}}"#, "HAR, ", 0),
    ])
  func `JSON is a HAR where it holds an entry`(text: String, words: String, status: Int32) throws {
    let shell = try Shell()
    try text.write(to: shell.folder.appending(path: "in"), atomically: true, encoding: .utf8)
    for command in ["corsleuth formats in", "cat in | corsleuth formats -"] {
      let look = try shell.run(command)
      #expect(look.status == status)
      let name = command.hasSuffix("in") ? "in" : "-"
      #expect(look.output.first?.hasPrefix("\(name): \(words)") == true, "\(look.output.first ?? "")")
    }
    #expect(try shell.run("corsleuth analyze -q in").status == status)
  }

  @Test(
    arguments: [
      ("recordings.zip", "recordings.zip: a zip archive; the HAR files and logs in it are read", "", 0),
      ("empty.zip", "empty.zip: unknown: a zip archive without a file in it", "", 65),
      ("cut.zip", "", "corsleuth: cannot unpack 'cut.zip': its directory is missing", 66),
    ] as [(String, String, String, Int32)])
  func `a zip archive is looked into`(file: String, output: String, problem: String, status: Int32) throws {
    let step = try Shell().run(
      "head -c 200 recordings.zip > cut.zip; printf 'PK\\005\\006' > empty.zip; head -c 18 /dev/zero >> empty.zip; "
        + "corsleuth formats \(file)")
    #expect(step.status == status && step.output.joined() == output)
    #expect(step.diagnostics.joined().hasPrefix(problem) && step.diagnostics.isEmpty == problem.isEmpty)
  }
}
