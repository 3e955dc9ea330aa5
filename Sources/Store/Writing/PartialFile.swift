import Glibc

/// A new store in the making, beside its place: `<path>.partial` until it is whole.
///
/// Whoever makes one holds a lock on that file until it has taken its place, so that of several runs one makes the store and the
/// others add to it. One that never takes its place goes with its owner; what a killed run left is begun afresh by the next.
final class PartialFile {
  private let path: String
  /// Until it has taken its place.
  private var descriptor: Int32?
  var partial: String { path + ".partial" }

  /// How long another run is waited for: as long as for a transaction.
  private static let patience = 5_000
  /// Milliseconds between two looks at what it does.
  private static let pause = 20

  /// Linux's `F_OFD_SETLK`, whose macro Swift does not see: a lock of this opening of the file, whatever else the process does with it.
  private static let setLock: Int32 = 37

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
    let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    if descriptor < 0, errno == ELOOP {
      // A link that somebody left is no leftover of a store, and leads to what is another's.
      unlink(name)
      return nil
    }
    guard descriptor >= 0 else {
      throw StoreError(
        errno == ENOSPC || errno == EDQUOT ? .diskFull : .openFailed, path: path,
        cause: String(cString: strerror(errno)),
        remedy: "check that the file and its folder exist and can be used")
    }
    if isLocked(descriptor) {
      var (named, opened) = (stat(), stat())
      if lstat(name, &named) == 0, fstat(descriptor, &opened) == 0, named.st_ino == opened.st_ino,
        named.st_dev == opened.st_dev
      {
        if opened.st_nlink == 1 { return descriptor }
        // It is a whole store too, by its other name.
        unlink(name)
      }
    }
    close(descriptor)
    return nil
  }

  /// Takes a lock on the first byte, which none of SQLite's is on; where a file system has no locks it is left to its users not to make
  /// one store twice.
  private static func isLocked(_ descriptor: Int32) -> Bool {
    var range = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 1, l_pid: 0)
    return fcntl(descriptor, PartialFile.setLock, &range) == 0 || errno != EAGAIN && errno != EACCES
  }

  /// Takes its place, where nothing or an empty file stands; what another program put there meanwhile stays.
  func publish() throws(StoreError) {
    guard let descriptor else { return }
    // The name must not point to blocks that the disk has not seen.
    fsync(descriptor)
    let standing = Standing(path)
    var isThere = standing == .empty ? rename(partial, path) == 0 : standing == .nothing && takesFreePlace
    // A file system without links.
    if !isThere, standing == .nothing, errno != EEXIST { isThere = rename(partial, path) == 0 }
    guard isThere else {
      let isTaken = standing == .file || errno == EEXIST
      throw StoreError(
        .openFailed, path: path,
        cause: isTaken ? "another file was put there meanwhile" : String(cString: strerror(errno)),
        remedy: isTaken ? "run the same command again" : "check that the folder exists and can be written")
    }
    // Later it would take the locks of others in this process, who have opened the file, with it.
    close(descriptor)
    self.descriptor = nil
  }

  /// Takes its place unless something stands there.
  private var takesFreePlace: Bool {
    guard link(partial, path) == 0 else { return false }
    unlink(partial)
    return true
  }
}
