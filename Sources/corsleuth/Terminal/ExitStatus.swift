import Files
import Store

/// The exit statuses of the contract.
enum ExitStatus {
  static let done: Int32 = 0
  /// Done, and failures were found that `--fail-on` names.
  static let failuresFound: Int32 = 1
  static let usage: Int32 = 64
  /// An input could not be read as anything known.
  static let unreadable: Int32 = 65
  /// An input is missing or may not be read.
  static let missing: Int32 = 66
  /// The store or the output cannot be written.
  static let cannotWrite: Int32 = 73
  /// The store cannot be read.
  static let cannotRead: Int32 = 74

  static func of(_ error: FileError) -> Int32 { error.operation.concernsOutput ? cannotWrite : missing }

  static func of(_ error: StoreError, writing: Bool) -> Int32 {
    switch error.kind {
    case .sql where !writing: usage
    default: writing ? cannotWrite : cannotRead
    }
  }
}
