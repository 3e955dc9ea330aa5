import Evidence
import Files
import Ingestion
import Store

extension ImportRun {
  func importLog(
    _ source: inout ByteSource, first count: Int, _ format: LogFormat, _ content: InputContent
  ) throws(FileError) {
    let opening = LogOpening(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    let settings = settings(format)
    let point = try ResumePoint(
      of: content.file, in: source.container, opening: opening, settings: settings, writer: writer, failure: &failure)
    guard failure == nil else { return }
    if point.isKnown { return alreadyIn(content) }
    let identity = LogIdentity(
      sha256: point.sha256 ?? opening.head, head: opening.head, grownFrom: point.grownFrom)
    guard let target = begin(content, { () throws(StoreError) in try writer.begin(log: content.path, identity) }) else {
      return
    }
    let feed = LogFeed(
      format, opening: opening, settings: settings, options: logOptions, target: target, grownFrom: point.grownFrom,
      digests: point.content == nil)
    var count = count
    var left = point.length ?? .max
    while count > 0, left > 0, feed.failure == nil {
      feed.read(UnsafeRawBufferPointer(rebasing: buffer[..<min(count, left)]))
      left -= min(count, left)
      diagnostics.progress("\(content.path): \(source.decompressedCount >> 20) MB, \(feed.lines) lines")
      count = try source.read(into: buffer)
    }
    report(damageOf: source, in: content, feed.problem)
    do throws(StoreError) {
      try feed.commit(
        isWhole: true, bytes: point.length ?? source.decompressedCount, content: point.content ?? feed.content,
        sha256: point.sha256 ?? feed.content)
      if let grown = point.grownFrom {
        diagnostics.note("'\(content.path)' has grown: read on after \(grown.progress.bytes) bytes")
      }
      imported += 1
    } catch {
      failure = error
    }
  }

  /// What of the command line bears on a log's rows, in a few bytes.
  func settings(_ format: LogFormat) -> String {
    Digest.of(Array((format.name + format.wrapping.words + "\n" + settings).utf8)).hex.prefix(16).description
  }
}
