import Glibc

/// What a path leads to.
package enum FileKind {
  case file, folder
  /// What can be read but once: standard input, a pipe, a device.
  case stream

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
