import Glibc

/// An open file, closed when it goes out of use.
final class Descriptor {
  let path: String
  fileprivate let number: Int32
  private let isOwned: Bool

  /// Standard input.
  init() {
    path = "-"
    number = STDIN_FILENO
    isOwned = false
  }

  init(reading path: String) throws(FileError) {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw FileError(.open, path: path) }
    var status = stat()
    if fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(number)
      throw FileError(.open, path: path, errno: EISDIR)
    }
    posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL)
    self.path = path
    self.number = number
    isOwned = true
  }

  deinit { if isOwned { close(number) } }

  /// Reads up to the buffer's size; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(.read, path: path) }
    }
  }

  /// The file's length in bytes; `nil` where it has none, as a pipe.
  var length: Int? {
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  func seek(to offset: Int) throws(FileError) {
    guard lseek(number, off_t(offset), SEEK_SET) >= 0 else { throw FileError(.read, path: path) }
  }

  /// `count` bytes from `offset` on; fewer where the file ends before.
  func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    try seek(to: offset)
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      var failure: FileError?
      let got = bytes.withUnsafeMutableBytes { buffer -> Int in
        do throws(FileError) {
          return try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }
}

extension Descriptor {
  /// What tells the file from all others, whatever its name.
  var identity: (device: UInt, inode: UInt) {
    var status = stat()
    guard fstat(number, &status) == 0 else { return (0, 0) }
    return (UInt(status.st_dev), UInt(status.st_ino))
  }
}
