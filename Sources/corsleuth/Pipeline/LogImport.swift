import Correlator
import Evidence
import Files
import Ingestion
import Store

extension ImportRun {
  func importLog(
    _ source: inout ByteSource, first count: Int, _ format: LogFormat, _ content: InputContent
  ) throws(FileError) {
    guard let target = begin(content) else { return }
    var profile = SourceProfile(kind: "log", format: format.name, recorder: .server)
    profile.blindSpots = format.cannotShow
    var sink = LogImportSink(target, profile: profile, endpoints: logOptions.endpoints)
    var reader = LogReader(format, options: logOptions)
    var count = count
    while count > 0, sink.failure == nil {
      reader.read(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])), into: &sink)
      diagnostics.progress("\(content.path): \(source.decompressedCount >> 20) MB, \(reader.tally.read) lines")
      count = try source.read(into: buffer)
    }
    reader.finish(into: &sink)
    sink.finish()
    report(damageOf: source, in: content) { sink.receive($0) }
    if reader.tally.options == 0, reader.tally.read > 0 {
      profile.blindSpots.append("No preflight is in this log: OPTIONS requests may be filtered, or answered before it.")
    }
    do throws(StoreError) {
      if let failure = sink.failure { throw failure }
      for row in reader.traffic {
        try target.addTraffic(
          hour: row.hour / 3_600_000_000, endpoint: row.endpoint, method: row.method, status: row.status,
          requests: row.count)
      }
      var summary = SourceSummary(
        path: "", sha256: "", kind: profile.kind, format: profile.format, bytes: source.decompressedCount,
        read: reader.tally.read, kept: reader.tally.kept, rejected: reader.tally.rejected)
      summary.blindSpots = profile.blindSpots
      try target.finish(summary)
      imported += 1
    } catch {
      failure = error
    }
  }
}
