import Glibc

package enum Folder {
  /// Makes the folder where there is none; the one that it lies in has to be there.
  ///
  /// - Throws: `FileError` where it cannot be made, or the name is a file's.
  package static func make(_ path: String) throws(FileError) {
    if mkdir(path, 0o777) == 0 { return }
    let code = errno
    guard code == EEXIST, FileKind(path) == .folder else { throw FileError(.create, path: path, errno: code) }
  }
}
