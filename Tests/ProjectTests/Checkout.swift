import Foundation

/// The package's files, as they are checked out.
enum Checkout {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Every file below this folder, as paths from the root; build folders and Git's own are no part of the project.
  static func files(_ folder: String = "") throws -> [String] {
    let start = folder.isEmpty ? root : root.appending(path: folder)
    let children = try FileManager.default.contentsOfDirectory(at: start, includingPropertiesForKeys: [.isDirectoryKey])
    return try children.sorted { $0.path < $1.path }.flatMap { child -> [String] in
      let name = child.lastPathComponent
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      let isFolder = try child.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
      guard isFolder else { return isIgnored(name) ? [] : [path] }
      return name.hasPrefix(".build") || name == ".git" || name == "__pycache__" ? [] : try files(path)
    }
  }

  /// What `.gitignore` keeps out.
  private static func isIgnored(_ name: String) -> Bool {
    name == ".git" || name == "Package.resolved"
      || [".db", ".db-wal", ".db-shm", ".partial"].contains { name.hasSuffix($0) }
  }

  static func swiftFiles(_ folder: String) throws -> [String] { try files(folder).filter { $0.hasSuffix(".swift") } }
}
