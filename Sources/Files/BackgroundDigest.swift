import Glibc
import Synchronization

/// The digest of a file, worked out by a thread of its own while the file is read for what it holds.
package final class BackgroundDigest: Sendable {
  private let path: String
  private let result = Mutex<Result<Digest, FileError>?>(nil)
  private let thread = Mutex<pthread_t?>(nil)

  package init(_ path: String) {
    self.path = path
    var id = pthread_t()
    let own = Unmanaged.passRetained(self)
    let started = pthread_create(&id, nil, BackgroundDigest.body, own.toOpaque()) == 0
    if started {
      thread.withLock { $0 = id }
    } else {
      own.release()
    }
  }

  /// A plain function: a closure would carry the actor of whoever wrote it to the new thread.
  private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument else { return nil }
    Unmanaged<BackgroundDigest>.fromOpaque(argument).takeRetainedValue().work()
    return nil
  }

  private func work() {
    do throws(FileError) {
      let digest = try Digest.ofFile(path)
      result.withLock { $0 = .success(digest) }
    } catch {
      result.withLock { $0 = .failure(error) }
    }
  }

  /// Whether `wait` would answer at once.
  package var isReady: Bool { result.withLock { $0 != nil } }

  /// Waits for the digest.
  ///
  /// - Throws: `FileError` where the file could not be read.
  package func wait() throws(FileError) -> Digest {
    if let id = thread.withLock({ thread in
      defer { thread = nil }
      return thread
    }) {
      pthread_join(id, nil)
    }
    // Without a thread the work is done here.
    guard let result = result.withLock({ $0 }) else { return try Digest.ofFile(path) }
    return try result.get()
  }
}
