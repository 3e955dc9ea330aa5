import Glibc

/// A copy of an input that can be read only once, in a private temporary file that goes with this value.
package final class SpooledInput {
  /// Where the copy is.
  package let path: String

  /// Copies all of `source`, `-` being standard input.
  ///
  /// - Throws: `FileError` where it cannot be read, or the copy cannot be written.
  package init(_ source: String) throws(FileError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/corsleuth.XXXXXX".utf8CString)
    let output = mkstemp(&template)
    path = template.withUnsafeBufferPointer {
      String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard output >= 0 else { throw FileError(.create, path: path) }
    defer { close(output) }
    let input = source == "-" ? STDIN_FILENO : open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw FileError(.open, path: source) }
    defer { if source != "-" { close(input) } }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(input, buffer.baseAddress, buffer.count)
      if count == 0 { return }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw FileError(.read, path: source)
      }
      var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      while !rest.isEmpty {
        let written = Glibc.write(output, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw FileError(.write, path: path) }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  deinit { unlink(path) }
}

/// What a path leads to.
package enum FileKind {
  /// Whether the input can be read but once: standard input, a pipe, a device.
  package static func isStream(_ path: String) -> Bool {
    if path == "-" { return true }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }
}
