/// What was recorded: requests as a browser or a proxy saw them, or lines as a server wrote them.
package enum SourceKind: String, Sendable {
  case har, log
}

/// What an input turned out to be, and what a recording of its kind can and cannot show.
package struct SourceProfile: Sendable {
  /// `nil` where a verdict is judged again by its evidence alone.
  package var kind: SourceKind?
  /// The exporter's name and version, or the log format's.
  package var format: String
  package var recorder: Recorder
  /// The engine whose rules hold for every request in it; `nil` where each request's `User-Agent` has to tell.
  package var engine: Engine?
  /// Whether failures are marked by the exporter.
  package var marksOutcome = false
  /// Whether preflights appear as entries of their own.
  package var recordsPreflights = true
  /// Whether `Cookie`, `Authorization` and `Set-Cookie` were removed on export.
  package var isSanitized = false
  /// Whether the client was a browser at all, for what it is known.
  package var isBrowserTraffic = true
  /// One line each: what a file of this kind cannot show.
  package var blindSpots: [String] = []

  package init(kind: SourceKind?, format: String, recorder: Recorder, engine: Engine? = nil) {
    self.kind = kind
    self.format = format
    self.recorder = recorder
    self.engine = engine
  }
}
