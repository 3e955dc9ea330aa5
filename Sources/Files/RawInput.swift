/// A file's bytes as they lie on disk, counted and digested as they pass, with a window to look ahead in.
final class RawInput {
  private let file: Descriptor
  private let digest: DigestBuilder?
  private let window: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  /// How many more bytes belong to this input; `nil` for all.
  private var remaining: Int?
  private(set) var count = 0

  init(_ file: Descriptor, limit: Int? = nil, digesting: Bool) {
    self.file = file
    remaining = limit
    digest = digesting ? DigestBuilder() : nil
    window = .allocate(byteCount: 1 << 17, alignment: 64)
  }

  deinit { window.deallocate() }

  var path: String { file.path }

  /// What the window holds and nobody has taken.
  var available: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: window[start..<end]) }

  func take(_ count: Int) { start += count }

  /// Fills the window until it holds `count` bytes, or the input ends; whether it holds them.
  func fill(to count: Int) throws(FileError) -> Bool {
    if end - start >= count { return true }
    if start > 0 {
      window.copyMemory(from: available)
      end -= start
      start = 0
    }
    while end < count {
      let got = try pull(into: UnsafeMutableRawBufferPointer(rebasing: window[end...]))
      if got == 0 { return false }
      end += got
    }
    return true
  }

  /// Reads past the window: what it holds first, then straight from the file.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    if start == end { return try pull(into: buffer) }
    let taken = min(buffer.count, end - start)
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: window[start..<start + taken]))
    start += taken
    return taken
  }

  /// The digest of everything, what nobody asked for included; `nil` where none was wanted.
  func finishDigest() throws(FileError) -> Digest? {
    guard let digest else { return nil }
    start = 0
    end = 0
    while try pull(into: window) > 0 {}
    return digest.finish()
  }

  private func pull(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var buffer = buffer
    if let remaining {
      if remaining == 0 { return 0 }
      buffer = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(remaining))
    }
    let got = try file.read(into: buffer)
    if let left = remaining { remaining = left - got }
    count += got
    digest?.update(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
    return got
  }
}
