package import Evidence

/// Takes what a log's reader finds, in the file's order.
package protocol LogSink {
  mutating func receive(_ exchange: Exchange)
  mutating func receive(_ problem: IngestProblem)
}

/// Keeps everything in memory: for small logs and for tests.
package struct LogCollector: LogSink {
  package var exchanges: [Exchange] = []
  package var problems: [IngestProblem] = []

  package init() {}

  package mutating func receive(_ exchange: Exchange) { exchanges.append(exchange) }

  package mutating func receive(_ problem: IngestProblem) { problems.append(problem) }
}
