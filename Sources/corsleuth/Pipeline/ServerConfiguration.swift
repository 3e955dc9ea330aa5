import ArgumentParser
import Files
import Ingestion

/// An nginx, Apache or HAProxy configuration on disk, with the files that it includes.
enum ServerConfiguration {
  private static let maximumFiles = 500

  /// - Throws: `ValidationError` where it cannot be read, or defines no format.
  static func formats(in path: String) throws -> GivenFormats {
    let text: String
    do throws(FileError) { text = try whole(path) } catch { throw ValidationError("--log-format: \(error)") }
    var formats: [LogFormat] = []
    var problems: [LogFormatError] = []
    if text.contains("log_format") {
      let nginx = NginxConfiguration(text)
      (formats, problems) = (nginx.formats, nginx.problems)
    }
    if formats.isEmpty {
      let apache = ApacheConfiguration(text)
      (formats, problems) = (apache.formats, problems + apache.problems)
    }
    if formats.isEmpty { formats = HAProxyConfiguration(text).formats }
    if formats.isEmpty, !text.contains("\n") || text.utf8.count < 2000 {
      // A file that holds the format's string alone.
      let line = text.split(whereSeparator: \.isNewline).joined()
      formats = (try? LogFormat.definitions(in: line)) ?? []
    }
    guard !formats.isEmpty else {
      let why = problems.first?.sentence ?? "it defines no log_format, LogFormat or captures"
      throw ValidationError(
        "--log-format: no format can be taken from '\(path)': \(why) (a server's default format is told without --log-format)"
      )
    }
    // A server writes its built-in formats beside its own.
    return GivenFormats(preferred: formats)
  }

  /// The file, and after it those that it includes.
  private static func whole(_ path: String) throws(FileError) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var text = try TextFile.read(path)
    var seen: Set<String> = [path]
    var waiting = includes(text)
    while let pattern = waiting.popLast() {
      for file in TextFile.matching(pattern, in: folder) where seen.count < maximumFiles && seen.insert(file).inserted {
        // What cannot be read may hold no format at all.
        guard let more = try? TextFile.read(file) else { continue }
        text += "\n" + more
        waiting += includes(more)
      }
    }
    return text
  }

  private static func includes(_ text: String) -> [String] {
    NginxConfiguration(text).includes + ApacheConfiguration(text).includes.filter { !$0.hasSuffix(";") }
  }
}
