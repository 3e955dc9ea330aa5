import Correlator
import Foundation
import Store

/// One of the logs that nginx wrote of a browser's requests.
enum ServerLog: String, CaseIterable {
  /// The CORS headers, cookies and milliseconds.
  case json = "nginx.cors.json.log"
  /// The CORS headers alone, in whole seconds.
  case text = "nginx.cors.text.log"
  /// nginx's own default.
  case combined = "nginx.combined.log"

  var recordsHeaders: Bool { self != .combined }

  /// What the program makes of it: only an import pairs the lines.
  func verdicts(in folder: URL) throws -> [Verdict] {
    let plain = folder.appending(path: rawValue)
    let log = FileManager.default.fileExists(atPath: plain.path) ? plain : plain.appendingPathExtension("gz")
    let store = FileManager.default.temporaryDirectory.appending(path: "corsleuth-\(UUID().uuidString).db")
    defer { try? FileManager.default.removeItem(at: store) }
    let program = Process()
    program.executableURL = Bundle.main.bundleURL.appending(path: "corsleuth")
    program.arguments = ["import", "--quiet", "--store", store.path, log.path]
    program.standardInput = FileHandle.nullDevice
    program.standardOutput = FileHandle.nullDevice
    try program.run()
    program.waitUntilExit()
    let reader = try StoreReader(path: store.path)
    var ids: [Int64] = []
    try reader.rows("SELECT verdict_id FROM verdicts ORDER BY entry") { cells in
      if case .int(let id) = cells[0] { ids.append(id) }
    }
    return try ids.compactMap { try reader.judgedRequest($0)?.verdict }
  }
}
