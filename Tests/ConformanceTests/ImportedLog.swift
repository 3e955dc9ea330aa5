import Correlator
import Foundation
import Store

/// Logs that the program itself imported, one after the other: only an import pairs the lines.
final class ImportedLog {
  private let store: URL
  private let reader: StoreReader

  init(_ logs: URL...) throws {
    store = FileManager.default.temporaryDirectory.appending(path: "corsleuth-\(UUID().uuidString).db")
    for log in logs { try ImportedLog.add(log, to: store) }
    reader = try StoreReader(path: store.path)
  }

  /// Imports another log, or the same once more.
  func add(_ log: URL) throws { try ImportedLog.add(log, to: store) }

  private static func add(_ log: URL, to store: URL) throws {
    let program = Process()
    program.executableURL = Bundle.main.bundleURL.appending(path: "corsleuth")
    program.arguments = ["import", "--quiet", "--store", store.path, log.path]
    program.standardInput = FileHandle.nullDevice
    program.standardOutput = FileHandle.nullDevice
    try program.run()
    program.waitUntilExit()
  }

  deinit { try? FileManager.default.removeItem(at: store) }

  func rows(_ sql: String) throws -> [[Cell]] {
    var rows: [[Cell]] = []
    try reader.rows(sql) { rows.append($0) }
    return rows
  }

  func verdicts() throws -> [Verdict] {
    try rows("SELECT verdict_id FROM verdicts ORDER BY entry").compactMap { cells in
      guard case .int(let id) = cells[0] else { return nil }
      return try reader.judgedRequest(id)?.verdict
    }
  }

  /// Each row's first cell, which is a text.
  func texts(_ sql: String) throws -> [String] {
    try rows(sql).compactMap { if case .text(let text) = $0[0] { text } else { nil } }
  }
}
