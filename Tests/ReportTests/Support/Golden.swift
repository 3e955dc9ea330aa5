import Foundation
import Testing

/// Compares a whole text with a file of `Golden/`.
///
/// With `RECORD_GOLDEN` set in the environment the file is written instead, and the test fails: a recording is to be read by
/// eye, and never passes by itself.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/\(name)")
    try Data(text.utf8).write(to: file)
    Issue.record("recorded Golden/\(name): read it, then run without RECORD_GOLDEN", sourceLocation: sourceLocation)
    return
  }
  let file = try #require(
    Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Golden"), "no Golden/\(name)",
    sourceLocation: sourceLocation)
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  guard text != expected else { return }
  let pair = zip(lines(of: text), lines(of: expected)).enumerated().first { $0.element.0 != $0.element.1 }
  let place = pair.map { "line \($0.offset + 1)\n  is:        \($0.element.0)\n  should be: \($0.element.1)" }
  Issue.record("Golden/\(name) differs: \(place ?? "one ends before the other")", sourceLocation: sourceLocation)
}

private func lines(of text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
