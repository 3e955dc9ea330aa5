package import Evidence

/// Who takes what a HAR holds, in the order in which it becomes known.
package protocol HARSink: AnyObject {
  /// What the input is: once as soon as its exporter is known, and again at the end, with what only the whole file tells.
  func profile(_ profile: SourceProfile)

  /// An entry. `page` stands for its page, where it names one: `HARSummary.latePageOrigins` speaks of it.
  func exchange(_ exchange: Exchange, page: Int?)

  func problem(_ problem: IngestProblem)
}

/// What a whole HAR came to.
package struct HARSummary: Sendable {
  /// Entries met.
  package var read = 0
  package var kept = 0
  package var rejected = 0
  /// The input as the whole of it shows it.
  package var profile: SourceProfile
  /// Origins of pages that the file described only after their entries, by the number that the entries came with.
  package var latePageOrigins: [Int: String] = [:]
  /// Whether the input ended inside a value.
  package var isTruncated = false
  /// Whether there was a log with a list of entries, empty or not: a HAR, and not some other JSON.
  package var isLog = false
}
