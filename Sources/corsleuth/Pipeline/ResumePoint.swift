import Files
import Store

/// What the store has of a log already: nothing, all, or a beginning.
struct ResumePoint {
  /// SHA-256 of the file; of a log that is being written, of as much as `length`. `nil` for a plain file of which the store has
  /// no beginning: it is worked out as the file is read.
  let sha256: String?
  /// SHA-256 of its content where that is known by now.
  let content: String?
  /// How much of a plain file was looked at: what is written meanwhile is left for the next time.
  let length: Int?
  let isKnown: Bool
  let grownFrom: StoredLog?

  /// Reads the file once where the store has a log that begins alike, or where it is packed.
  ///
  /// - Throws: `FileError` where it cannot be read.
  init(
    of file: String, in container: Container, opening: LogOpening, settings: String, writer: StoreWriter,
    failure: inout StoreError?
  ) throws(FileError) {
    var candidates: [StoredLog] = []
    do throws(StoreError) { candidates = try writer.logs(opening: opening.firstLine) } catch { failure = error }
    let marks = candidates.map(\.progress.bytes)
    let contentDigest = ContentDigest(marks: marks)
    if container == .plain, candidates.isEmpty {
      (sha256, content, length) = (nil, nil, nil)
    } else if container == .plain {
      var source = try ByteSource(path: file, digesting: false)
      try contentDigest.add(allOf: &source)
      sha256 = contentDigest.digest.hex
      content = sha256
      length = contentDigest.count
    } else {
      sha256 = try Digest.ofFile(file).hex
      length = nil
      if candidates.isEmpty {
        content = nil
      } else {
        var source = try ByteSource(path: file, digesting: false)
        try contentDigest.add(allOf: &source)
        content = contentDigest.digest.hex
      }
    }
    var isKnown = false
    do throws(StoreError) {
      isKnown = if let sha256 { try writer.knows(sha256: sha256, content: content) } else { false }
    } catch { failure = error }
    self.isKnown = isKnown
    grownFrom = ResumePoint.grown(candidates, contentDigest, settings)
  }

  /// The largest of the logs that this content begins with.
  static func grown(_ candidates: [StoredLog], _ digest: ContentDigest, _ settings: String) -> StoredLog? {
    var found = candidates.first { digest.beginnings[$0.progress.bytes]?.hex == $0.progress.content }
    // With other options its lines are read another way, from the first one on.
    if let log = found, log.progress.settings != settings { found?.progress.line = 0 }
    return found
  }
}
