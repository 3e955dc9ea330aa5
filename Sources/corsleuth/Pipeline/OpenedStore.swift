import Files
import Glibc
import Store

/// A store to read: one that exists, or a temporary one that inputs were brought into.
enum OpenedStore {
  /// Brings inputs into a temporary store.
  ///
  /// - Returns: `nil` where none of them could be read; and the exit status that says what happened to the worst.
  static func importing(
    _ inputs: [String], _ options: ReadingOptions, _ diagnostics: Diagnostics
  ) throws(StoreError) -> (reader: StoreReader?, status: Int32) {
    let writer = try StoreWriter(.temporary, options: Clock.writing(keepSecrets: options.keepSecrets))
    let run = ImportRun(writer, options: options, diagnostics: diagnostics)
    try run.run(inputs)
    let reader = try writer.close()
    return (run.imported + run.alreadyThere > 0 ? reader : nil, run.status)
  }

  /// A path that is a store's or an input's.
  static func opening(
    _ path: String, _ options: ReadingOptions, _ diagnostics: Diagnostics
  ) throws(StoreError) -> (reader: StoreReader?, status: Int32) {
    if isDatabase(path) { return (try StoreReader(path: path), ExitStatus.done) }
    return try importing([path], options, diagnostics)
  }

  /// Whether a file begins as SQLite's do.
  static func isDatabase(_ path: String) -> Bool {
    guard let file = fopen(path, "rb") else { return false }
    defer { fclose(file) }
    var facts = stat()
    guard fstat(fileno(file), &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return false }
    var head = [UInt8](repeating: 0, count: 16)
    guard fread(&head, 1, head.count, file) == head.count else { return false }
    return head == Array("SQLite format 3\0".utf8)
  }
}
