import Evidence
import Foundation
import Ingestion
import Testing

/// Files met in the wild lie beside the project where there are any; what they teach is in the fixtures too.
struct HARWildTests {
  static let files: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appendingPathComponent("../shared/wild").standardizedFileURL.path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".har") }.sorted().map { folder + "/" + $0 }
  }()

  @Test(.enabled(if: !files.isEmpty))
  func `every file is read, or each loss has its sentence`() throws {
    for path in HARWildTests.files {
      let result = readHAR(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
      let name = (path as NSString).lastPathComponent
      #expect(result.summary.read > 0, "\(name)")
      #expect(!result.summary.isTruncated, "\(name)")
      #expect(result.summary.rejected == result.sink.problems.filter(\.lostItem).count, "\(name)")
      #expect(result.summary.kept + result.summary.rejected == result.summary.read, "\(name)")
    }
  }
}
