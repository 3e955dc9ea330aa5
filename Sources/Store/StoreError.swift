/// A failure of the world around a store: what happened, to which file, and what to do about it.
package struct StoreError: Error, Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// The file or its folder cannot be opened or made.
    case openFailed
    /// The file is something else: it is never overwritten. `found` says what it is.
    case notAStore(found: String)
    /// A store of another schema version than this program's.
    case wrongVersion(found: Int, expected: Int)
    /// Another process is writing.
    case locked
    case diskFull
    /// Something tried to write where only reading is allowed.
    case readOnly
    /// The database is damaged.
    case corrupt
    /// A statement took longer than its limit, in seconds.
    case timeLimit(seconds: Double)
    /// An input has more items than a row id can count (2³² − 1).
    case tooManyEntries
    /// SQLite's own message, and the byte of the statement where it stopped, where SQLite tells.
    case sql(message: String, offset: Int?)
  }

  package var kind: Kind
  /// The store's path as given; `nil` for a temporary one.
  package var path: String?
  /// SQLite's or the system's words.
  package var cause: String
  /// What to do: one sentence without full stop.
  package var remedy: String

  package init(_ kind: Kind, path: String?, cause: String = "", remedy: String) {
    self.kind = kind
    self.path = path
    self.cause = cause
    self.remedy = remedy
  }
}
