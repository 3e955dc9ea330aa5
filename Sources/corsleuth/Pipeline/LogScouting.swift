import Fetch
import Files
import Ingestion

/// A log among the inputs that can be opened more than once: a file, what a stream held, or an archive's member.
private struct ScoutedLog {
  let path: String
  let file: String
  let member: ZipArchive.Member?

  /// Opens it, unpacked, and hands it on; of an archive's member no more is unpacked than its first `limit` bytes.
  func read<Result>(
    limit: Int = .max, _ body: (inout ByteSource) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    guard let member else {
      var source = try ByteSource(path: file, digesting: false)
      return try body(&source)
    }
    var packed = try ZipArchive(path: file).open(member)
    let copy = try SpooledInput(&packed, limit: limit)
    defer { withExtendedLifetime(copy) {} }
    var source = try ByteSource(path: copy.path, digesting: false)
    return try body(&source)
  }
}

extension ImportRun {
  /// Takes note of what the logs among several inputs announce to one another: a server may log a preflight whose request another
  /// one answers.
  ///
  /// Nothing is looked through where all are parts of one rotated log, which are read in their order, or where their lines tell
  /// origins. What cannot be read is passed over: that is said when its turn comes.
  func scout(_ inputs: [String]) {
    logOptions.announced = announced(in: inputs)
  }

  private func announced(in paths: [String]) -> AnnouncedElsewhere {
    let paths = paths.filter { !$0.asciiLowercased().hasSuffix(".har") }
    // Of a single stream nothing needs to be kept before it is read.
    guard paths.count > 1 || paths.contains(where: { FileKind($0) == .file }) else { return AnnouncedElsewhere() }
    let inputs = paths.flatMap { scouted(in: $0) }
    guard RotatedSet.count(inputs.map(\.path)) > 1 else { return AnnouncedElsewhere() }
    var logs: [(log: ScoutedLog, format: LogFormat)] = []
    var lacksOrigin = false
    for log in inputs {
      let found = try? log.read(limit: HARSniffer.prefixLength) { (source) throws(FileError) in
        try FormatsLook.head(&source)
      }
      guard let head = found else { continue }
      let kind = head.withUnsafeBytes { InputKind($0, formats: formats) }
      guard case .log(let format) = kind else { continue }
      logs.append((log, format))
      if !lacksOrigin, !format.coverage.request.contains(.origin) {
        var scout = LogScout(format, options: logOptions)
        scout.read(head.span)
        lacksOrigin = scout.announced.isEmpty || scout.announced.lacksOrigin
      }
    }
    guard lacksOrigin, RotatedSet.count(logs.map(\.log.path)) > 1 else { return AnnouncedElsewhere() }
    var options = logOptions
    for (log, format) in logs {
      diagnostics.progress("\(log.path): looking for preflights")
      let found = try? log.read { (source) throws(FileError) in
        var scout = LogScout(format, options: options)
        while case let count = try source.read(into: buffer), count > 0 {
          scout.read(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
        }
        scout.finish()
        return scout.announced
      }
      if let found { options.announced = found }
    }
    return options.announced
  }

  /// The logs that an input may hold.
  private func scouted(in path: String) -> [ScoutedLog] {
    let file: String
    if FileKind(path) == .stream {
      guard let copy = try? spool(path) else { return [] }
      file = copy.path
    } else {
      file = path
    }
    guard let container = try? ByteSource(path: file, digesting: false).container else { return [] }
    guard container == .zip else { return [ScoutedLog(path: path, file: file, member: nil)] }
    let members = (try? ZipArchive(path: file).inputs) ?? []
    return members.filter { !$0.isRecording }.map {
      ScoutedLog(path: "\(path)!\($0.name)", file: file, member: $0)
    }
  }
}
