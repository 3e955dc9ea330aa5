package import Evidence

/// Takes what a log's reader finds, in the file's order.
package protocol LogSink {
  /// Takes a line by its parts; `false` where the whole exchange is needed, which then comes.
  mutating func receive(_ line: LoggedLine, _ context: LineContext) -> Bool
  mutating func receive(_ exchange: Exchange, _ line: LoggedLine, _ context: LineContext)
  mutating func receive(_ problem: IngestProblem)
}

extension LogSink {
  package mutating func receive(_ line: LoggedLine, _ context: LineContext) -> Bool { false }
}

/// Keeps everything in memory: for small logs and for tests.
package struct LogCollector: LogSink {
  package var exchanges: [Exchange] = []
  package var problems: [IngestProblem] = []

  package init() {}

  package mutating func receive(_ exchange: Exchange, _ line: LoggedLine, _ context: LineContext) {
    exchanges.append(exchange)
  }

  package mutating func receive(_ problem: IngestProblem) { problems.append(problem) }
}
