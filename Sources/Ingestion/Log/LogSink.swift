package import Evidence

/// Takes what a log's reader finds, in the file's order.
package protocol LogSink {
  mutating func receive(_ exchange: Exchange, _ context: LineContext)
  /// Takes a line that is kept only because all are; `false` where the whole exchange is needed, which then comes.
  mutating func receive(bystander line: LoggedLine) -> Bool
  mutating func receive(_ problem: IngestProblem)
}

extension LogSink {
  package mutating func receive(bystander line: LoggedLine) -> Bool { false }
}

/// Keeps everything in memory: for small logs and for tests.
package struct LogCollector: LogSink {
  package var exchanges: [Exchange] = []
  package var problems: [IngestProblem] = []

  package init() {}

  package mutating func receive(_ exchange: Exchange, _ context: LineContext) { exchanges.append(exchange) }

  package mutating func receive(_ problem: IngestProblem) { problems.append(problem) }
}
