/// An input's bytes, decompressed, in chunks of the caller's size; never more of it in memory than a window.
///
/// Damage to a compressed input is no error: the good part is delivered, then `read` returns 0 and `damage` says what happened.
package struct ByteSource: ~Copyable {
  /// Why a compressed input ended early.
  package enum Damage: Equatable, Sendable {
    /// It ends in the middle of a stream.
    case cut
    /// Its bytes are no valid stream from here on; the decompressor's words.
    case corrupt(String)
    /// Whole streams, and then bytes that begin no other.
    case trailingGarbage

    /// One clause, for a message: `the gzip data is cut off`.
    package func sentence(_ container: Container) -> String {
      switch self {
      case .cut: "the \(container.rawValue) data is cut off"
      case .corrupt(let detail): "the \(container.rawValue) data is damaged (\(detail))"
      case .trailingGarbage: "bytes that are no \(container.rawValue) data follow the end"
      }
    }
  }

  package let path: String
  /// `.zip` is delivered as it is: see `ZipArchive`.
  package let container: Container
  /// Bytes delivered so far.
  package private(set) var decompressedCount = 0
  package private(set) var damage: Damage?

  private let raw: RawInput
  private let inflater: (any Inflater)?
  private var isBetweenStreams = false
  private var isAtEnd = false
  /// For a zip member: what its decompressed bytes must add up to.
  private var checksum: Checksum?

  /// Opens a file, or standard input for `-`; `digesting` is whether `finishDigest` will be asked for, about 0.6 ns a byte.
  ///
  /// - Throws: `FileError` where it cannot be opened or read.
  package init(path: String, digesting: Bool = true) throws(FileError) {
    let file = path == "-" ? Descriptor() : try Descriptor(reading: path)
    let raw = RawInput(file, digesting: digesting)
    _ = try raw.fill(to: Container.magicLength)
    self.path = path
    self.raw = raw
    container = Container(magic: raw.available)
    inflater = container.inflater()
  }

  /// A member of an archive: `limit` raw bytes at the descriptor's place.
  init(member path: String, of file: Descriptor, limit: Int, isDeflated: Bool, checksum: Checksum?) {
    self.path = path
    raw = RawInput(file, limit: limit, digesting: false)
    container = .zip
    inflater = isDeflated ? DeflateInflater(windowBits: -15) : nil
    self.checksum = checksum
  }

  /// Whether its bytes are unpacked as they are read.
  var isPacked: Bool { inflater != nil }

  /// What is left of the input; where that is more than `limit` bytes, somewhat more than those.
  package mutating func rest(limit: Int = .max) throws(FileError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while bytes.count <= limit, case let count = try read(into: buffer), count > 0 {
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return bytes
  }

  /// The digest of the whole file as it lies on disk, or `nil` where `digesting` was off.
  ///
  /// Reads what is left of the file.
  ///
  /// - Throws: `FileError` where the rest cannot be read.
  package mutating func finishDigest() throws(FileError) -> Digest? {
    isAtEnd = true
    return try raw.finishDigest()
  }

  /// Puts the next bytes into `buffer`, at least one unless the input has ended.
  ///
  /// - Returns: How many were put; 0 at the end.
  /// - Throws: `FileError` where the system cannot read on.
  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard !isAtEnd, !buffer.isEmpty else { return 0 }
    let count: Int
    if let inflater {
      count = try inflate(inflater, into: buffer)
    } else {
      count = try raw.read(into: buffer)
    }
    decompressedCount += count
    checksum?.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    if count == 0 {
      isAtEnd = true
      if let checksum, damage == nil { damage = checksum.verdict(decompressedCount) }
    }
    return count
  }

  private mutating func inflate(
    _ inflater: any Inflater, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    while true {
      if isBetweenStreams, try !startNextStream(inflater) { return 0 }
      let hasInput = try raw.fill(to: 1)
      let step = inflater.step(raw.available, into: buffer)
      raw.take(step.consumed)
      switch step.state {
      case .corrupt(let detail):
        damage = .corrupt(detail)
        isAtEnd = true
        return step.produced
      case .streamEnded: isBetweenStreams = true
      case .running where !hasInput && step.produced == 0:
        damage = .cut
        return 0
      case .running: break
      }
      if step.produced > 0 { return step.produced }
    }
  }

  /// Whether another stream of the same kind follows; what else follows is damage, but for padding with zeros.
  private mutating func startNextStream(_ inflater: any Inflater) throws(FileError) -> Bool {
    guard container != .zip else { return false }
    while try raw.fill(to: 1), raw.available.first == 0 { raw.take(1) }
    guard try raw.fill(to: Container.magicLength) || !raw.available.isEmpty else { return false }
    guard Container(magic: raw.available) == container else {
      damage = .trailingGarbage
      return false
    }
    inflater.reset()
    isBetweenStreams = false
    return true
  }
}
