import Correlator
import Foundation

/// One of the logs that nginx wrote of a browser's requests.
enum ServerLog: String, CaseIterable {
  /// The CORS headers, cookies and milliseconds.
  case json = "nginx.cors.json.log"
  /// The CORS headers alone, in whole seconds.
  case text = "nginx.cors.text.log"
  /// nginx's own default.
  case combined = "nginx.combined.log"

  var recordsHeaders: Bool { self != .combined }

  /// What the program makes of it.
  func verdicts(in folder: URL) throws -> [Verdict] {
    let plain = folder.appending(path: rawValue)
    let isPlain = FileManager.default.fileExists(atPath: plain.path)
    return try ImportedLog(isPlain ? plain : plain.appendingPathExtension("gz")).verdicts()
  }
}
