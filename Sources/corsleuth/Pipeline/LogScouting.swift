import Fetch
import Files
import Ingestion

extension ImportRun {
  private typealias Log = (path: String, format: LogFormat)

  /// What the logs among several inputs announce to one another: a server may log a preflight whose request another one answers.
  ///
  /// Nothing is looked through where all are parts of one rotated log, which are read in their order, or where their lines tell
  /// origins. What cannot be read is passed over: that is said when its turn comes.
  func announced(in paths: [String]) -> AnnouncedElsewhere {
    let paths = paths.filter { !$0.asciiLowercased().hasSuffix(".har") && TextFile.isFile($0) }
    guard RotatedSet.count(paths) > 1 else { return AnnouncedElsewhere() }
    var logs: [Log] = []
    var lacksOrigin = false
    for path in paths {
      guard let head = try? FormatsLook.head(path) else { continue }
      let kind = head.bytes.withUnsafeBytes { InputKind($0, formats: formats) }
      guard case .log(let format) = kind else { continue }
      logs.append((path, format))
      if !lacksOrigin, !format.coverage.request.contains(.origin) {
        var scout = LogScout(format, options: logOptions)
        scout.read(head.bytes.span)
        lacksOrigin = scout.announced.isEmpty || scout.announced.lacksOrigin
      }
    }
    guard lacksOrigin, RotatedSet.count(logs.map(\.path)) > 1 else { return AnnouncedElsewhere() }
    var options = logOptions
    for log in logs {
      diagnostics.progress("\(log.path): looking for preflights")
      if let found = try? announced(in: log, options) { options.announced = found }
    }
    return options.announced
  }

  private func announced(in log: Log, _ options: LogOptions) throws(FileError) -> AnnouncedElsewhere {
    var source = try ByteSource(path: log.path, digesting: false)
    var scout = LogScout(log.format, options: options)
    while case let count = try source.read(into: buffer), count > 0 {
      scout.read(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
    scout.finish()
    return scout.announced
  }
}
