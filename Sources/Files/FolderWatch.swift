import Glibc

/// Looks for files that come into folders later.
package struct FolderWatch {
  private let folders: [String]
  /// Sizes when they were last looked at.
  private var seen: [String: Int64] = [:]

  /// What is in the folders among these paths now counts as seen.
  package init(_ paths: [String]) {
    folders = paths.filter { FileKind($0) == .folder }
    _ = changes()
  }

  /// Whether there is a folder to watch.
  package var isWatching: Bool { !folders.isEmpty }

  /// Files that are new, or have another size than at the last call: what could not be told yet may be told now.
  package mutating func changes() -> [String] {
    guard isWatching else { return [] }
    return InputWalker(folders).inputs.filter { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return false }
      return seen.updateValue(Int64(status.st_size), forKey: path) != Int64(status.st_size)
    }
  }
}
