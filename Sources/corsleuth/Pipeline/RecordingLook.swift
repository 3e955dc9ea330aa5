import Evidence
import Files
import Ingestion

/// Whether what begins like JSON is a recording: any JSON may be one, whose entries come late.
enum RecordingLook {
  /// What an input is that is none.
  static let why = "JSON without an entry of a HAR"

  /// Whether a reader's findings make the input a recording; one that recorded nothing is one too.
  static func isRecording(_ summary: HARSummary) -> Bool { summary.kept > 0 || summary.isLog }

  /// Reads on until an entry tells, or to the end.
  ///
  /// - Parameter head: What was read of the source already.
  /// - Throws: `FileError` where the rest cannot be read.
  static func isRecording(
    _ head: UnsafeRawBufferPointer, _ source: inout ByteSource
  ) throws(FileError) -> Bool {
    let sink = FirstEntry()
    var reader = HARReader(sink: sink)
    reader.feed(Span(_unsafeBytes: head))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while !sink.isThere, case let count = try source.read(into: buffer), count > 0 {
      reader.feed(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
    return sink.isThere || isRecording(reader.finish())
  }
}

/// Waits for an entry.
private final class FirstEntry: HARSink {
  private(set) var isThere = false

  func profile(_: SourceProfile) {}
  func exchange(_: Exchange, page _: Int?) { isThere = true }
  func problem(_: IngestProblem) {}
}
