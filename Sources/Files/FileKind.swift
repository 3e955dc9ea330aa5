import Glibc

/// What a path leads to.
package enum FileKind {
  case file, folder
  /// What can be read but once: standard input, a pipe, a device.
  case stream

  /// Whether two paths lead to one file that is there.
  package static func isSameFile(_ left: String, _ right: String) -> Bool {
    var (one, other) = (stat(), stat())
    guard stat(left, &one) == 0, stat(right, &other) == 0, one.st_mode & S_IFMT == S_IFREG else { return false }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino
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
