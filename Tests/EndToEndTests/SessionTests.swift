import Foundation
import Testing

/// The program as a user meets it: each file of `Sessions/` is a terminal session over the sample data.
///
/// With `CORSLEUTH_RECORD=1` in the environment the sessions are written anew, and fail: look at what changed before it is committed.
@Suite struct SessionTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Sessions")

  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "session" }.map(\.lastPathComponent).sorted()
  }()

  static let isRecording = ProcessInfo.processInfo.environment["CORSLEUTH_RECORD"].map { !$0.isEmpty } ?? false

  @Test func `there are sessions, and the program that they run`() {
    #expect(Self.names.count > 10)
    #expect(FileManager.default.isExecutableFile(atPath: Shell.program.path))
  }

  @Test(arguments: names) func `prints what it printed before`(name: String) throws {
    let file = Self.folder.appending(path: name)
    let text = try String(contentsOf: file, encoding: .utf8)
    let expected = Session(text)
    if !Self.isRecording { try #require(expected.text == text, "\(name) is written in another form than a recording") }
    let shell = try Shell()
    var recorded = Session("")
    for step in expected.steps {
      var actual = try shell.run(step.command)
      actual.words = step.words
      recorded.steps.append(actual)
      if !Self.isRecording {
        #expect(actual.status == step.status, "$ \(step.command)")
        #expect(differences(actual.output, step.output) == [], "standard output of $ \(step.command)")
        #expect(differences(actual.diagnostics, step.diagnostics) == [], "standard error of $ \(step.command)")
      }
    }
    if Self.isRecording, recorded.text != text {
      try recorded.text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(name) was recorded anew")
    }
  }

  /// The lines that only one of the two has, each with its number.
  private func differences(_ actual: [String], _ expected: [String]) -> [String] {
    (0..<max(actual.count, expected.count)).flatMap { index -> [String] in
      let new = index < actual.count ? actual[index].trimmed : nil
      let old = index < expected.count ? expected[index].trimmed : nil
      if new == old { return [] }
      return [old.map { "\(index + 1) - \($0)" }, new.map { "\(index + 1) + \($0)" }].compactMap { $0 }
    }
  }
}

extension String {
  /// Without blanks at its end, which a session does not keep.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
