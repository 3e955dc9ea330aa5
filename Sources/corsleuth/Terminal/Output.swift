import Files
import Glibc

/// Where results go: standard output, or a file that takes its place when it is whole.
final class Output: TextOutputStream {
  private let file: AtomicFile?
  private var buffer: [UInt8] = []
  /// The first failure: a stream cannot throw while it is written to.
  private var failure: FileError?
  private var isClosedByReader = false

  /// - Parameter path: `nil` or `-` for standard output.
  init(_ path: String?) throws(FileError) {
    file = if let path, path != "-" { try AtomicFile(path: path) } else { nil }
    buffer.reserveCapacity(1 << 16)
  }

  /// Writes a text to standard output, whole.
  ///
  /// - Throws: `ExitCode` where it cannot be written, which is said.
  static func print(_ text: String) throws {
    try reportingFailures(Diagnostics()) {
      let output = try Output(nil)
      output.write(text.hasSuffix("\n") ? text : text + "\n")
      try output.finish()
    }
  }

  func write(_ string: String) {
    buffer.append(contentsOf: string.utf8)
    if buffer.count >= 1 << 16 { flush() }
  }

  /// Writes what is left, and puts a file in its place.
  func finish() throws(FileError) {
    flush()
    if let failure { throw failure }
    try file?.commit()
  }

  private func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard failure == nil, !isClosedByReader else { return }
    buffer.withUnsafeBytes { bytes in
      do throws(FileError) {
        if let file { try file.write(bytes) } else { try writeToStandardOutput(bytes) }
      } catch {
        failure = error
      }
    }
  }

  private func writeToStandardOutput(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE {
          // Whoever read has seen enough.
          isClosedByReader = true
          return
        }
        throw FileError(.write, path: "standard output", code: errno, reason: String(cString: strerror(errno)))
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}
