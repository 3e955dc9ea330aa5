import Evidence
import Files
import Ingestion
import Store

extension ImportRun {
  func importLog(
    _ source: consuming ByteSource, after first: UnsafeRawBufferPointer, _ format: LogFormat, _ content: InputContent
  ) throws(FileError) {
    let opening = LogOpening(first)
    let settings = settings(format)
    let point = try ResumePoint(
      of: content.file, in: source.container, opening: opening, settings: settings, writer: writer, failure: &failure)
    guard failure == nil else { return }
    if point.isKnown { return alreadyIn(content) }
    let identity = LogIdentity(
      sha256: point.sha256 ?? opening.head, head: opening.head, grownFrom: point.grownFrom)
    guard let remembering = remembering(content.path, grownFrom: point.grownFrom),
      let target = begin(content, { () throws(StoreError) in try writer.begin(log: content.path, identity) })
    else { return }
    let feed = LogFeed(
      format, opening: opening, settings: settings, options: logOptions, target: target, grownFrom: point.grownFrom,
      remembering: remembering, digests: false)
    let input = ReadAhead(source, after: first, digesting: point.content == nil)
    var chunk = first
    var left = point.length ?? .max
    while !chunk.isEmpty, left > 0, feed.failure == nil {
      feed.read(UnsafeRawBufferPointer(rebasing: chunk.prefix(left)))
      left -= min(chunk.count, left)
      diagnostics.progress("\(content.path): \(input.count >> 20) MB, \(feed.lines) lines")
      chunk = try input.next()
    }
    report(damageOf: input, in: content, feed.problem)
    let digest = input.digest?.hex ?? ""
    do throws(StoreError) {
      try feed.commit(
        isWhole: true, bytes: point.length ?? input.count, content: point.content ?? digest,
        sha256: point.sha256 ?? digest)
      if let grown = point.grownFrom {
        diagnostics.note("'\(content.path)' has grown: read on after \(grown.progress.bytes) bytes")
      }
      imported += 1
    } catch {
      failure = error
    }
  }

  /// What a log begins with, or `nil` where the store failed.
  func remembering(_ path: String, grownFrom: StoredLog?) -> Remembering? {
    do throws(StoreError) { return try Remembering(path, grownFrom: grownFrom, writer) } catch {
      failure = error
      return nil
    }
  }

  /// What of the command line bears on a log's rows, in a few bytes.
  func settings(_ format: LogFormat) -> String {
    Digest.of(Array((format.name + format.wrapping.words + "\n" + settings).utf8)).hex.prefix(16).description
  }
}
