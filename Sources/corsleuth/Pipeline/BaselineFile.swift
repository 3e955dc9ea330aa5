import Correlator
import Files
import Report
import Scanning

/// Reads the accepted problems that an earlier run wrote.
enum BaselineFile {
  /// - Throws: `FileError` where the file is missing, is none of these, or is damaged: a pipeline must not pass on a guess.
  static func read(_ path: String) throws(FileError) -> Baseline {
    var source = try ByteSource(path: path, digesting: false)
    let bytes = try source.rest()
    let reason: String
    do throws(JSONError) {
      let document = try Document(bytes.span)
      if document.schema == Baseline.schema { return Baseline(document.problems) }
      reason = "its schema is not \(Baseline.schema)"
    } catch {
      reason = "at byte \(error.at) \(error.sentence)"
    }
    throw FileError(
      .read, path: path, reason: "it is no baseline: \(reason)", remedy: "name one that --write-baseline has written")
  }

  private struct Document {
    private(set) var schema = ""
    private(set) var problems: Set<ProblemIdentity> = []

    init(_ bytes: Span<UInt8>) throws(JSONError) {
      var cursor = JSONCursor()
      try cursor.open(UInt8(ascii: "{"), bytes)
      while let key = try cursor.key(bytes) {
        if key.spells("schema", bytes) {
          schema = JSONText.decode(bytes, try cursor.string(bytes)).text
        } else if key.spells("problems", bytes) {
          try cursor.open(UInt8(ascii: "["), bytes)
          while try cursor.element(bytes) { problems.insert(try Document.problem(&cursor, bytes)) }
        } else {
          try cursor.skipValue(bytes)
        }
      }
    }

    private static func problem(_ cursor: inout JSONCursor, _ bytes: Span<UInt8>) throws(JSONError) -> ProblemIdentity {
      var problem = ProblemIdentity(origin: "", endpoint: "", method: "", reason: "")
      try cursor.open(UInt8(ascii: "{"), bytes)
      while let key = try cursor.key(bytes) {
        let member: WritableKeyPath<ProblemIdentity, String>
        if key.spells("origin", bytes) {
          member = \.origin
        } else if key.spells("endpoint", bytes) {
          member = \.endpoint
        } else if key.spells("method", bytes) {
          member = \.method
        } else if key.spells("reason", bytes) {
          member = \.reason
        } else {
          try cursor.skipValue(bytes)
          continue
        }
        problem[keyPath: member] = JSONText.decode(bytes, try cursor.string(bytes)).text
      }
      return problem
    }
  }
}
