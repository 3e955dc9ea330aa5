import Glibc

/// What a path leads to.
package enum FileKind {
  case file, folder
  /// What can be read but once: standard input, a pipe, a device.
  case stream

  /// Whether a path is another's file, there or to be made, or a file in its folder that is there.
  package static func leads(_ path: String, to other: String) -> Bool {
    var (one, another) = (stat(), stat())
    let isThere = stat(path, &one) == 0
    if isThere, one.st_mode & S_IFMT != S_IFREG { return false }
    guard stat(other, &another) == 0 else { return !isThere && place(of: path) == place(of: other) }
    if another.st_mode & S_IFMT == S_IFDIR {
      guard isThere, let folder = resolved(other), let file = resolved(path) else { return false }
      return file.hasPrefix(folder == "/" ? folder : folder + "/")
    }
    return isThere && one.st_dev == another.st_dev && one.st_ino == another.st_ino
  }

  /// Where a file would be made: its folder without links, and its name.
  private static func place(of path: String) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    return resolved(folder).map { "\($0)/\(path[(slash.map(path.index(after:)) ?? path.startIndex)...])" }
  }

  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// `nil` where there is nothing of this name.
  package init?(_ path: String) {
    var status = stat()
    if path == "-" {
      self = .stream
    } else if stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: self = .file
      case S_IFDIR: self = .folder
      default: self = .stream
      }
    } else {
      return nil
    }
  }
}
