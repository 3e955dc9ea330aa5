import Glibc

/// A file written beside its place and put there in one step, so that a reader sees the old one or the new one, whole.
///
/// Without `commit`, nothing is left behind; where the file system has files without names, not even by a program that is killed.
/// What is no regular file (`/dev/stdout`, a pipe) is written to directly.
package final class AtomicFile {
  package let path: String
  /// Its name until `commit`; `nil` where it has none.
  private let temporaryPath: String?
  private let descriptor: Int32
  private let isDirect: Bool
  private var isCommitted = false

  /// - Throws: `FileError` where the file cannot be made beside its place.
  package init(path: String) throws(FileError) {
    self.path = path
    let place = AtomicFile.resolvingLink(path)
    var status = stat()
    let exists = stat(place, &status) == 0
    // A file of the repaired name is not the one that was asked for.
    if !exists, path.unicodeScalars.contains("\u{FFFD}") { throw .unnamable(path, .create) }
    isDirect = exists && status.st_mode & S_IFMT != S_IFREG
    if isDirect {
      temporaryPath = nil
      descriptor = open(place, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileError(.create, path: path) }
      return
    }
    if let nameless = AtomicFile.openNameless(beside: place) {
      (temporaryPath, descriptor) = (nil, nameless)
    } else {
      var template = Array("\(place).XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      guard descriptor >= 0 else { throw FileError(.create, path: path) }
      temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    // Files made so are their owner's alone: give it the rights it would have had.
    let mask = umask(0)
    umask(mask)
    fchmod(descriptor, exists ? status.st_mode & 0o7777 : 0o666 & ~mask)
  }

  deinit {
    close(descriptor)
    if !isCommitted, let temporaryPath { unlink(temporaryPath) }
  }

  /// Linux's `O_TMPFILE`, whose macro Swift does not see; it gets a name through `/proc` alone.
  private static func openNameless(beside place: String) -> Int32? {
    let folder = place.lastIndex(of: "/").map { $0 == place.startIndex ? "/" : String(place[..<$0]) } ?? "."
    let descriptor = open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    if access("/proc/self/fd/\(descriptor)", R_OK) == 0 { return descriptor }
    close(descriptor)
    return nil
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
    let place = AtomicFile.resolvingLink(path)
    let name = if let temporaryPath { temporaryPath } else { try named(beside: place) }
    guard rename(name, place) == 0 else {
      let code = errno
      unlink(name)
      throw FileError(.replace, path: path, errno: code)
    }
    isCommitted = true
  }

  /// Gives the file a name: none can be put in another's place without one.
  private func named(beside place: String) throws(FileError) -> String {
    while true {
      let name = "\(place).\(String(UInt32.random(in: .min ... .max), radix: 36))"
      if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 { return name }
      guard errno == EEXIST else { throw FileError(.create, path: path) }
    }
  }

  /// The file that a symbolic link names, so that replacing it leaves the link alone.
  private static func resolvingLink(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
