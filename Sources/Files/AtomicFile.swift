import Glibc

/// A file written beside its place and put there in one step, so that a reader sees the old one or the new one, whole.
///
/// Without `commit`, nothing is left behind. What is no regular file (`/dev/stdout`, a pipe) is written to directly.
package final class AtomicFile {
  package let path: String
  /// Where the bytes are until `commit`: for whoever writes the file by other means, such as SQLite.
  package let temporaryPath: String
  private let descriptor: Int32
  private let isDirect: Bool
  private var isCommitted = false

  /// - Throws: `FileError` where the file cannot be made beside its place.
  package init(path: String) throws(FileError) {
    self.path = path
    let place = AtomicFile.resolvingLink(path)
    var status = stat()
    let exists = stat(place, &status) == 0
    isDirect = exists && status.st_mode & S_IFMT != S_IFREG
    if isDirect {
      temporaryPath = place
      descriptor = open(place, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileError(.create, path: path) }
    } else {
      var template = Array("\(place).XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      guard descriptor >= 0 else { throw FileError(.create, path: path) }
      temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      // mkstemp makes files that only their owner may read: give it the rights it would have had.
      let mask = umask(0)
      umask(mask)
      fchmod(descriptor, exists ? status.st_mode & 0o7777 : 0o666 & ~mask)
    }
  }

  deinit {
    close(descriptor)
    if !isCommitted, !isDirect { unlink(temporaryPath) }
  }

  /// - Throws: `FileError` where the system takes no more, a full disk above all.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw FileError(.write, path: path)
      }
    }
  }

  /// - Throws: `FileError`, as above.
  package func write(_ text: String) throws(FileError) {
    let bytes = Array(text.utf8)
    var failure: FileError?
    bytes.withUnsafeBytes { buffer in
      do throws(FileError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Puts the file in its place.
  ///
  /// - Throws: `FileError` where the bytes cannot be made durable, or the place cannot be taken.
  package func commit() throws(FileError) {
    guard !isDirect, !isCommitted else { return }
    guard fsync(descriptor) == 0 else { throw FileError(.write, path: path) }
    guard rename(temporaryPath, AtomicFile.resolvingLink(path)) == 0 else { throw FileError(.replace, path: path) }
    isCommitted = true
  }

  /// The file that a symbolic link names, so that replacing it leaves the link alone.
  private static func resolvingLink(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
