import Foundation
import Testing

/// Names that a terminal would obey, or that are no text.
@Suite struct OddNamesTests {
  /// A folder `odd` with one sample under a name as bytes, which Foundation could not write.
  private static func shell(with sample: String, as name: String) throws -> Shell {
    let shell = try Shell()
    _ = try shell.run("mkdir odd && cp \(sample) \"$(printf 'odd/\(name)')\"")
    return shell
  }

  @Test(
    arguments: [
      ("import --store s.db odd", #"caf\351.har"#, "cannot open 'odd/caf\u{FFFD}.har': its name is not valid UTF-8"),
      (#"import --store s.db "$(printf 'odd/caf\351.har')""#, #"caf\351.har"#, "its name is not valid UTF-8"),
      (#"formats "$(printf 'odd/caf\351.har')""#, #"caf\351.har"#, "its name is not valid UTF-8"),
      ("analyze odd", #"caf\351.har"#, "its name is not valid UTF-8"),
    ])
  func `that are no text are said, and counted`(arguments: String, name: String, words: String) throws {
    let shell = try Self.shell(with: "fixed.har", as: name)
    let step = try shell.run("corsleuth \(arguments)")
    #expect(step.status == 66)
    #expect(step.diagnostics.count == 1 && step.diagnostics.first?.contains(words) == true, "\(step.diagnostics)")
    #expect(step.diagnostics.first?.contains("(rename it, or give it on standard input: -)") == true)
  }

  @Test(arguments: ["--output", "--write-baseline"]) func `of results that are no text are refused`(option: String)
    throws
  {
    let shell = try Shell()
    let step = try shell.run(#"corsleuth analyze fixed.har \#(option) "$(printf 'caf\351.txt')""#)
    #expect(step.status == 73)
    let words = "cannot create 'caf\u{FFFD}.txt': its name is not valid UTF-8 (choose another name)"
    #expect(step.diagnostics == ["corsleuth: \(words)"])
    #expect(try shell.run("ls | grep -c caf").output == ["0"])
  }

  @Test func `a file that is no text keeps no other out`() throws {
    let shell = try Self.shell(with: "fixed.har", as: #"caf\351.har"#)
    _ = try shell.run("cp bad-gateway.har odd/")
    let read = try shell.run("corsleuth import --store s.db odd")
    #expect(read.status == 66 && read.diagnostics.count == 1)
    let sources = try shell.run("corsleuth query --store s.db --format csv --sql 'SELECT path FROM sources'")
    #expect(sources.output == ["path\\r", "odd/bad-gateway.har\\r"])
  }

  @Test(
    arguments: [
      ("analyze -q x.har \"$F\"", "note.txt"), ("analyze \"$F\"", "note.txt"), ("analyze odd", "note.txt"),
      ("formats \"$F\"", "note.txt"), ("formats \"$F\"", "fixed.har"), ("analyze \"$F\"", "fixed.har"),
      ("report --store \"$F\"", "note.txt"), ("explain \"$F\"", "note.txt"), ("--\"$F\"", "note.txt"),
      ("analyze --output \"$F/a\" fixed.har", "note.txt"), ("query --store \"$F\" \"$F\"", "note.txt"),
    ])
  func `that a terminal obeys are shown, not sent`(arguments: String, sample: String) throws {
    let shell = try Shell()
    let line = "printf 'no log\\n' > note.txt; mkdir odd; F=\"$(printf 'odd/a\\033[31m\\nb')\"; cp \(sample) \"$F\"; "
    let step = try shell.run(line + "corsleuth \(arguments)")
    let text = (step.output + step.diagnostics).joined(separator: "\n")
    // The shell writes an escape that it finds as `\e`.
    #expect(!text.contains("\\e") && text.contains(#"\u{1B}[31m"#), "\(text)")
  }
}
