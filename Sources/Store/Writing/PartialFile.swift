import Glibc

/// A new store in the making, beside its place: `<path>.partial` until it is whole.
///
/// Whoever makes one holds a lock on that file until it has taken its place, so that of several runs one makes the store and the
/// others add to it. One that never takes its place is gone with its owner.
final class PartialFile {
  private let path: String
  /// Until it has taken its place.
  private var descriptor: Int32?
  var partial: String { path + ".partial" }

  /// How long another run is waited for: as long as for a transaction.
  private static let patience = 5_000
  /// Milliseconds between two looks at what it does.
  private static let pause = 20

  /// Begins afresh on what an interrupted run left; `nil` where a store stands at the path, or does once another run has made it.
  ///
  /// - Throws: `locked` where the other run takes longer, `openFailed` where the file cannot be made.
  init?(claiming path: String) throws(StoreError) {
    var waited = 0
    while Standing(path) != .file {
      if let descriptor = try PartialFile.lock(path + ".partial", for: path) {
        self.path = path
        self.descriptor = descriptor
        // The other run may have published between the look and the lock.
        if Standing(path) != .file {
          ftruncate(descriptor, 0)
          return
        }
        return nil
      }
      guard waited < PartialFile.patience else {
        throw StoreError(
          .locked, path: path, cause: "another run is making it",
          remedy: "wait until the other run has finished, and try again")
      }
      usleep(UInt32(PartialFile.pause * 1000))
      waited += PartialFile.pause
    }
    return nil
  }

  deinit {
    guard let descriptor else { return }
    unlink(partial)
    close(descriptor)
  }

  /// The file of this name, locked; `nil` where another run holds it, or held it until now and has taken it away.
  private static func lock(_ name: String, for path: String) throws(StoreError) -> Int32? {
    let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StoreError(
        errno == ENOSPC || errno == EDQUOT ? .diskFull : .openFailed, path: path,
        cause: String(cString: strerror(errno)),
        remedy: "check that the file and its folder exist and can be used")
    }
    // A file system without such locks leaves it to its users not to make one store twice.
    let isHeld = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    if !isHeld, names(name, descriptor) { return descriptor }
    close(descriptor)
    return nil
  }

  private static func names(_ name: String, _ descriptor: Int32) -> Bool {
    var (named, opened) = (stat(), stat())
    return stat(name, &named) == 0 && fstat(descriptor, &opened) == 0
      && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }

  /// Takes its place, where nothing or an empty file stands; what another program put there meanwhile stays.
  func publish() throws(StoreError) {
    guard let descriptor else { return }
    // The name must not point to blocks that the disk has not seen.
    fsync(descriptor)
    let standing = Standing(path)
    let isLinked = standing == .nothing && link(partial, path) == 0
    if standing == .file || standing == .nothing && !isLinked && errno == EEXIST {
      throw StoreError(
        .openFailed, path: path, cause: "another file was put there meanwhile", remedy: "run the same command again")
    }
    if isLinked {
      unlink(partial)
    } else if rename(partial, path) != 0 {
      throw StoreError(
        .openFailed, path: path, cause: String(cString: strerror(errno)),
        remedy: "check that the folder exists and can be written")
    }
    // Later it would take the locks of others in this process, who have opened the file, with it.
    close(descriptor)
    self.descriptor = nil
  }
}
