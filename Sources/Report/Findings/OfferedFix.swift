import Correlator

/// What a report may offer: only what trying it on the recording did not show to fail.
extension ProblemView {
  /// The fix in a sentence.
  var offeredFix: String? { isRefuted ? nil : verdict.fix }

  /// What came of trying it.
  var tried: String? { problem.check.flatMap(FixCheckWords.sentence) }

  /// The change as configuration of the server that the deciding answer names.
  var configuration: Reason.Configuration? { isRefuted ? nil : reason?.configuration(for: context) }

  /// The same for every server that has one.
  var configurations: [Reason.Configuration] { isRefuted ? [] : reason?.configurations(for: context) ?? [] }

  var context: FixContext { FixContext(problem) }

  private var isRefuted: Bool { problem.check?.mayBeOffered == false }
}
