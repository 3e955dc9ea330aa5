import Foundation

/// Runs command lines with the built program in the path, in a folder of its own with the samples in it.
final class Shell {
  /// The package's own folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Where the program lies: beside the bundle that runs these tests.
  static let program = Bundle.main.bundleURL.appending(path: "corsleuth")

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "corsleuth-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let inputs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Inputs")
    for source in [Shell.root.appending(path: "SampleData"), inputs] {
      for file in try FileManager.default.contentsOfDirectory(at: source, includingPropertiesForKeys: nil) {
        try FileManager.default.copyItem(at: file, to: folder.appending(path: file.lastPathComponent))
      }
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs one command line and returns what it printed, with what varies from run to run taken out.
  func run(_ command: String) throws -> Session.Step {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    let programs = Shell.program.deletingLastPathComponent().path
    process.environment = ["PATH": "\(programs):/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8", "TZ": "UTC"]
    // Files, not pipes: whatever the program prints, nobody has to read along.
    let output = folder.appending(path: ".stdout")
    let diagnostics = folder.appending(path: ".stderr")
    for file in [output, diagnostics] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: diagnostics)
    try process.run()
    process.waitUntilExit()
    var step = Session.Step(command: command)
    step.output = try lines(of: output)
    step.diagnostics = try lines(of: diagnostics)
    step.status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    for file in [output, diagnostics] { try FileManager.default.removeItem(at: file) }
    return step
  }

  private func lines(of file: URL) throws -> [String] {
    let text = Scrubber.scrub(String(decoding: try Data(contentsOf: file), as: UTF8.self), folder: folder.path)
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() } else { lines.append("(no line end)") }
    return lines
  }
}

/// Takes out of a program's output what differs from run to run, and shows what a reader would not see.
enum Scrubber {
  static func scrub(_ text: String, folder: String) -> String {
    var text = text.replacing(folder, with: "DIR")
    // CRLF is one character, so it goes first.
    for (hidden, shown) in [("\r\n", "\\r\n"), ("\r", "\\r"), ("\u{1B}", "\\e"), ("\t", "\\t")] {
      text = text.replacing(hidden, with: shown)
    }
    // A store's own key: markers of secrets are alike within one store only.
    text = text.replacing(/bytes #[0-9a-f]{6}\]/, with: "bytes #DIGEST]")
    text = text.replacing(/redacted-(\d+)-[0-9a-f]{6}\b/) { "redacted-\($0.1)-DIGEST" }
    // Moments of this run: the store notes when it read an input.
    text = text.replacing(/"imported_at":"[^"]*"/, with: #""imported_at":"NOW""#)
    return text
  }
}
