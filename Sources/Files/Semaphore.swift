import Glibc

/// A count that one thread raises and another waits for.
final class Semaphore {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init(_ count: UInt32) { sem_init(semaphore, 0, count) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func post() { sem_post(semaphore) }

  /// A signal may wake it before its time.
  func wait() { while sem_wait(semaphore) != 0 {} }

  var isPosted: Bool {
    var count: Int32 = 0
    sem_getvalue(semaphore, &count)
    return count > 0
  }
}
