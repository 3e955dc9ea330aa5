import Glibc

/// What the paths on a command line stand for: files in a fixed order, folders searched, and what could not be found.
package struct InputWalker {
  /// Paths to open, `-` for standard input: named ones where they were named, a folder's files in natural order.
  package private(set) var inputs: [String] = []
  /// Missing or unreadable paths; the others are still there.
  package private(set) var failures: [FileError] = []
  /// Folders entered, so that symbolic links cannot lead in circles.
  private var entered: Set<FileIdentity> = []

  package init(_ paths: [String]) {
    for path in paths {
      if path == "-" {
        if !inputs.contains("-") { inputs.append(path) }
      } else {
        visit(path, isNamed: true)
      }
    }
  }

  private mutating func visit(_ path: String, isNamed: Bool) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      // A dangling link inside a folder is nobody's input; a path that was named is.
      if isNamed { failures.append(FileError(.open, path: path)) }
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      guard entered.insert(FileIdentity(status)).inserted else { return }
      list(path)
    case S_IFREG:
      if access(path, R_OK) == 0 { inputs.append(path) } else { failures.append(FileError(.open, path: path)) }
    default:
      // A pipe or a device is read where it was asked for, never stumbled upon.
      if isNamed { inputs.append(path) }
    }
  }

  private mutating func list(_ folder: String) {
    guard let stream = opendir(folder) else {
      failures.append(FileError(.list, path: folder))
      return
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let (name, isText) = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        let bytes = bytes.prefix { $0 != 0 }
        return (String(decoding: bytes, as: UTF8.self), String(validating: bytes, as: UTF8.self) != nil)
      }
      if name.hasPrefix(".") { continue }
      if isText {
        names.append(name)
      } else {
        failures.append(.unnamable(InputWalker.path(folder, name)))
      }
    }
    for name in names.sorted(by: NaturalOrder.precedes) {
      visit(InputWalker.path(folder, name), isNamed: false)
    }
  }

  private static func path(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}

private struct FileIdentity: Hashable {
  let device: UInt
  let inode: UInt

  init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }
}
