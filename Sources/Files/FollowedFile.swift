import Glibc

/// A file that grows while it is read: by its writer, until another takes its name or it is emptied.
///
/// It is asked at intervals, which works on every file system and costs two system calls a time.
package final class FollowedFile {
  /// What has become of the file whose end was reached.
  package enum State: Equatable, Sendable {
    /// It is as it was; more may come.
    case waiting
    /// Its name is another file's by now, or nobody's: it was rotated. Its writer may still add to it for a moment.
    case renamed
    /// It was emptied, or written anew: what comes is another content (`copytruncate`).
    case truncated
  }

  package let path: String
  private let file: Descriptor
  private let identity: (device: UInt, inode: UInt)
  /// Bytes read so far.
  package private(set) var offset = 0
  /// The last bytes read: a file that has others there by now was written anew.
  private var tail: [UInt8] = []
  private static let tailLength = 64

  /// - Throws: `FileError` where it cannot be opened.
  package init(path: String) throws(FileError) {
    self.path = path
    file = try Descriptor(reading: path)
    identity = file.identity
  }

  /// What was added since the last call, up to the buffer's size; 0 where nothing was, or `state` has changed.
  ///
  /// - Throws: `FileError` where it cannot be read.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard let length = file.length, length > offset, try !isRewritten() else { return 0 }
    try file.seek(to: offset)
    let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, length - offset)])
    let count = try file.read(into: room)
    offset += count
    let kept = UnsafeRawBufferPointer(rebasing: room[max(0, count - FollowedFile.tailLength)..<count])
    tail = Array((tail + kept).suffix(FollowedFile.tailLength))
    return count
  }

  /// Whether there are bytes that were not read.
  package func hasMore() throws(FileError) -> Bool {
    guard let length = file.length, length > offset else { return false }
    return try !isRewritten()
  }

  /// Reads from the beginning again.
  package func rewind() { (offset, tail) = (0, []) }

  /// The digests of its beginnings of these lengths, apart from what `read` gives.
  ///
  /// - Throws: `FileError` where it cannot be read.
  package func digest(ofBeginnings lengths: [Int]) throws(FileError) -> ContentDigest {
    let digest = ContentDigest(marks: lengths)
    let last = lengths.max() ?? 0
    while digest.count < last {
      let part = try file.bytes(at: digest.count, count: min(1 << 18, last - digest.count))
      if part.isEmpty { break }
      part.withUnsafeBytes { digest.add($0) }
    }
    return digest
  }

  /// Asked where `read` gave nothing.
  ///
  /// - Throws: `FileError` where it cannot be read.
  package func state() throws(FileError) -> State {
    if let length = file.length, length < offset { return .truncated }
    if try isRewritten() { return .truncated }
    var status = stat()
    guard stat(path, &status) == 0 else { return .renamed }
    return (UInt(status.st_dev), UInt(status.st_ino)) == identity ? .waiting : .renamed
  }

  /// Whether the bytes before the offset are others than those that were read.
  private func isRewritten() throws(FileError) -> Bool {
    guard !tail.isEmpty else { return false }
    return try file.bytes(at: offset - tail.count, count: tail.count) != tail
  }
}
