import Evidence
import Fetch
import Foundation
import Ingestion
import Testing

/// Logs that nginx wrote while real browsers ran the scripted scenarios; skipped where the captures are not beside the package.
@Suite("Captured nginx logs", .enabled(if: FileManager.default.fileExists(atPath: Captures.folder.path)))
struct LogCaptureTests {
  @Test(arguments: Captures.logs)
  func `are told from their content and read whole`(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Captures.folder.appending(path: path)))
    let sniffer = LogSniffer(Array(bytes.prefix(65536)).span, isWhole: bytes.count <= 65536)
    let format = try #require(sniffer.format)
    #expect(format.name == (path.hasSuffix("json.log") ? "json" : "combined"))
    let reading = LogReading(bytes, as: format)
    #expect(reading.problems.map(\.why) == [])
    #expect(reading.tally.kept == bytes.count(where: { $0 == 0x0A }))
    guard path.contains(".cors.") else { return }
    #expect(reading.exchanges.allSatisfy { $0.response.covers(.accessControlAllowOrigin) })
    #expect(reading.exchanges.allSatisfy { $0.duration != nil && $0.client == "127.0.0.1" })
    let kept = LogReading(bytes, as: format, keep: .cors)
    // With CORS switched off no browser asks first.
    let hasPreflights = !path.hasPrefix("firefox-corsoff/")
    #expect(kept.exchanges.contains { $0.kind == .preflight && $0.method == "OPTIONS" } == hasPreflights)
    #expect(kept.tally.read == reading.tally.read)
  }
}

enum Captures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/captures")

  static let logs: [String] = {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    // Where nginx was not in the way its logs are empty.
    return found.filter { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
      return name.hasSuffix(".log") && (attributes?[.size] as? Int ?? 0) > 0
    }.sorted()
  }()
}
