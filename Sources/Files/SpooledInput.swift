import Glibc

/// A copy of an input that can be read only once, or lies in an archive, in a private temporary file that goes with this value.
///
/// The file has no name where `/proc` gives it one: it holds what its owner may show nobody, and is gone however the program ends.
package final class SpooledInput {
  /// Where the copy is.
  package let path: String
  private let output: Int32
  /// The name that it was made by, for messages.
  private let place: String
  private let isNamed: Bool

  /// Copies all of `source`, `-` being standard input.
  ///
  /// - Throws: `FileError` where it cannot be read, or the copy cannot be written.
  package convenience init(_ source: String) throws(FileError) {
    try self.init()
    let input = source == "-" ? STDIN_FILENO : open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw FileError(.open, path: source) }
    defer { if source != "-" { close(input) } }
    try fill { buffer throws(FileError) in
      while true {
        let count = Glibc.read(input, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        if errno != EINTR { throw FileError(.read, path: source) }
      }
    }
  }

  /// Copies an archive's member, or its first `limit` bytes.
  ///
  /// - Throws: `FileError`, as above.
  package convenience init(_ member: inout ByteSource, limit: Int = .max) throws(FileError) {
    try self.init()
    var rest = limit
    try fill { buffer throws(FileError) in
      let count = try member.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(rest)))
      rest -= count
      return count
    }
  }

  private init() throws(FileError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array("\(folder)/corsleuth.XXXXXX".utf8CString)
    output = mkstemp(&template)
    let code = errno
    place = template.withUnsafeBufferPointer {
      String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let descriptor = "/proc/self/fd/\(output)"
    isNamed = output < 0 || access(descriptor, R_OK) != 0
    path = isNamed ? place : descriptor
    guard output >= 0 else { throw FileError(.create, path: place, errno: code) }
    _ = fcntl(output, F_SETFD, FD_CLOEXEC)
    if !isNamed { unlink(place) }
  }

  /// - Parameter read: Gives 0 at the end.
  private func fill(_ read: (UnsafeMutableRawBufferPointer) throws(FileError) -> Int) throws(FileError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try read(buffer), count > 0 {
      var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      while !rest.isEmpty {
        let written = Glibc.write(output, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw FileError(.write, path: place) }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  deinit {
    close(output)
    if isNamed { unlink(place) }
  }
}
