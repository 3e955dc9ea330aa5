import Glibc

/// A source's bytes in chunks, its opening first; what is packed is unpacked, and digested, by a thread of its own meanwhile.
///
/// To inflate a log takes as long as to read its lines: two cores do both at once. Of a plain file no thread has anything to gain. What
/// is handed out, digests, damage and errors included, is the same either way.
package final class ReadAhead {
  /// A chunk's size in bytes, and how many may wait to be taken.
  private static let (size, ahead) = (1 << 18, 4)

  package let container: Container
  /// Bytes handed out so far, the opening's included.
  package private(set) var count: Int
  private let reading: Reading
  private var thread: pthread_t?
  /// Chunks taken so far.
  private var taken = 0
  private var isAtEnd = false

  /// - Parameters:
  ///   - opening: What was taken of the source before, all of it.
  ///   - digesting: Whether the `digest` of what is handed out is wanted.
  package init(_ source: consuming ByteSource, after opening: UnsafeRawBufferPointer, digesting: Bool) {
    container = source.container
    count = opening.count
    let isPacked = source.isPacked
    reading = Reading(source, chunks: isPacked ? ReadAhead.ahead : 1, of: ReadAhead.size, digesting: digesting)
    reading.digest?.update(opening)
    guard isPacked else { return }
    var id = pthread_t()
    let shared = Unmanaged.passRetained(reading)
    if pthread_create(&id, nil, Reading.body, shared.toOpaque()) == 0 { thread = id } else { shared.release() }
  }

  deinit { stop() }

  /// The next chunk, which is there until the next call; empty at the end.
  ///
  /// - Throws: `FileError` where the system cannot read on.
  package func next() throws(FileError) -> UnsafeRawBufferPointer {
    guard !isAtEnd else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    if thread == nil {
      reading.fill(taken)
    } else {
      if taken > 0 { reading.free.post() }
      reading.filled.wait()
    }
    let chunk = reading.chunk(taken)
    taken += 1
    do {
      let bytes = try chunk.get()
      if bytes.isEmpty { end() }
      count += bytes.count
      return bytes
    } catch {
      end()
      throw error
    }
  }

  /// Why a packed source ended early; `nil` as long as its end was not handed out.
  package var damage: ByteSource.Damage? { isAtEnd ? reading.source.damage : nil }

  /// The digest of all that was handed out; `nil` where it was not wanted, and before the end.
  package var digest: Digest? { isAtEnd ? reading.digest?.snapshot() : nil }

  private func end() {
    stop()
    isAtEnd = true
  }

  private func stop() {
    guard let id = thread else { return }
    thread = nil
    reading.stop.post()
    reading.free.post()
    pthread_join(id, nil)
  }
}

/// What reads: nobody else touches the source, the digest, or a chunk that is free.
private final class Reading {
  private(set) var source: ByteSource
  let digest: DigestBuilder?
  let free: Semaphore
  let filled = Semaphore(0)
  /// Posted once, when nobody wants more.
  let stop = Semaphore(0)
  private let buffers: [UnsafeMutableRawBufferPointer]
  private var chunks: [Result<Int, FileError>]

  init(_ source: consuming ByteSource, chunks count: Int, of size: Int, digesting: Bool) {
    self.source = source
    digest = digesting ? DigestBuilder() : nil
    free = Semaphore(UInt32(count))
    buffers = (0..<count).map { _ in .allocate(byteCount: size, alignment: 64) }
    chunks = Array(repeating: .success(0), count: count)
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  /// A plain function: a closure would carry the actor of whoever wrote it to the new thread.
  static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument else { return nil }
    let reading = Unmanaged<Reading>.fromOpaque(argument).takeRetainedValue()
    var number = 0
    while true {
      reading.free.wait()
      if reading.stop.isPosted { return nil }
      let isLast = reading.fill(number)
      reading.filled.post()
      if isLast { return nil }
      number += 1
    }
  }

  /// Reads the chunk of this number; whether it is the last.
  @discardableResult
  func fill(_ number: Int) -> Bool {
    let place = number % buffers.count
    var isLast = true
    do throws(FileError) {
      let count = try source.read(into: buffers[place])
      digest?.update(UnsafeRawBufferPointer(rebasing: buffers[place][..<count]))
      chunks[place] = .success(count)
      isLast = count == 0
    } catch {
      chunks[place] = .failure(error)
    }
    return isLast
  }

  func chunk(_ number: Int) -> Result<UnsafeRawBufferPointer, FileError> {
    let place = number % buffers.count
    return chunks[place].map { UnsafeRawBufferPointer(rebasing: buffers[place][..<$0]) }
  }
}
