import Glibc

/// Where a store is, and what stands there now.
package enum StorePlace: Equatable, Sendable {
  case file(String)
  /// In memory while small, in a nameless file of the system's folder for those beyond; gone when closed.
  case temporary
}

/// What stands at a path before a store is opened there.
enum Standing: Equatable {
  case nothing
  /// A file of no bytes, as `mktemp` makes them: a store may take its place.
  case empty
  case file
  case folder
  /// A pipe or a device, which can hold no store.
  case stream

  init(_ path: String) {
    var facts = stat()
    if stat(path, &facts) != 0 {
      self = .nothing
      return
    }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: self = facts.st_size == 0 ? .empty : .file
    case S_IFDIR: self = .folder
    default: self = .stream
    }
  }

  /// - Throws: `notAStore` where no file can be.
  func checkIsFile(_ path: String) throws(StoreError) {
    switch self {
    case .folder: throw StoreError(.notAStore(found: "a folder"), path: path, remedy: "name a file")
    case .stream: throw StoreError(.notAStore(found: "a device or a pipe"), path: path, remedy: "name a file")
    case .nothing, .empty, .file: return
    }
  }
}

extension Connection {
  /// Refuses a database that is no store, or one of another version.
  ///
  /// Nothing is written.
  func checkIsStore() throws(StoreError) {
    let application = try integer("PRAGMA application_id") ?? 0
    let version = try integer("PRAGMA user_version") ?? 0
    guard application == Int64(Schema.applicationID) else {
      throw StoreError(
        .notAStore(found: "another program's SQLite database (application_id \(application))"), path: path,
        remedy: StoreError.otherFile)
    }
    guard version == Int64(Schema.version) else {
      throw StoreError(
        .wrongVersion(found: Int(version), expected: Schema.version), path: path,
        remedy: "import the inputs again into a new store, or use the corsleuth that made this one")
    }
  }
}
