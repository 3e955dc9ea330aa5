import Glibc

/// A failure of the world: what was tried, on which path, what the system said, and what to do about it.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried.
  package enum Operation: String, Sendable {
    case open = "open"
    case read = "read"
    case list = "list"
    case inspect = "look at"
    case unpack = "unpack"
    case create = "create"
    case write = "write"
    case replace = "replace"

    /// Whether the result could not be put out, as opposed to an input that could not be taken in.
    package var concernsOutput: Bool {
      switch self {
      case .create, .write, .replace: true
      case .open, .read, .list, .inspect, .unpack: false
      }
    }
  }

  package var operation: Operation
  /// The path as the user gave it; `-` for standard input.
  package var path: String
  /// The system's `errno`; 0 where the file's content is the trouble.
  package var code: Int32
  /// What went wrong, in the system's words or ours.
  package var reason: String
  /// What the user can do, as an imperative without a full stop; empty where nothing sensible can be said.
  package var remedy: String

  package init(_ operation: Operation, path: String, code: Int32 = 0, reason: String, remedy: String = "") {
    self.operation = operation
    self.path = path
    self.code = code
    self.reason = reason
    self.remedy = remedy
  }

  /// A file whose name is no text: a store and a report, which are text, could not name it.
  ///
  /// - Parameter path: With U+FFFD for what is no UTF-8.
  static func unnamable(_ path: String, _ operation: Operation = .open) -> FileError {
    FileError(
      operation, path: path, code: ENOENT, reason: "its name is not valid UTF-8",
      remedy: operation.concernsOutput ? "choose another name" : "rename it, or give it on standard input: -")
  }

  /// From the calling thread's `errno`, unless `code` is given.
  init(_ operation: Operation, path: String, errno code: Int32 = Glibc.errno) {
    // A name on a command line comes with U+FFFD for what is no text, and is no file's any more.
    if code == ENOENT, operation == .open, path.unicodeScalars.contains("\u{FFFD}") {
      self = .unnamable(path)
      return
    }
    self.init(
      operation, path: path, code: code, reason: String(cString: strerror(code)),
      remedy: FileError.remedy(for: code, operation))
  }

  /// One sentence: `cannot open 'a.har': No such file or directory (check the spelling of the path)`.
  package var description: String {
    let name = path == "-" ? "standard input" : "'\(path)'"
    return "cannot \(operation.rawValue) \(name): \(reason)" + (remedy.isEmpty ? "" : " (\(remedy))")
  }

  private static func remedy(for code: Int32, _ operation: Operation) -> String {
    switch code {
    case ENOENT where operation.concernsOutput: "make the folder first"
    case ENOENT: "check the spelling of the path"
    case EACCES, EPERM: "check the permissions, or run as a user who may"
    case ENOSPC, EDQUOT: "free some space, or choose another place"
    case EROFS: "choose a place that can be written to"
    case EISDIR: "name a file"
    case EMFILE, ENFILE: "close other programs, or raise the limit of open files"
    case ELOOP: "the symbolic links form a circle: name the file itself"
    case EFBIG: "split the file"
    default: ""
    }
  }
}
