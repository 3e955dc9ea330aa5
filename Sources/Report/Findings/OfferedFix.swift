import Correlator
import Words

/// What a report may offer: only what trying it on the recording did not show to fail.
extension ProblemView {
  /// The fix in a sentence: of a store whose program said it otherwise, as that one did.
  var offeredFix: Message? { isRefuted ? nil : problem.fix ?? verdict.fix.map(Message.init(kept:)) }

  /// What came of trying it.
  var tried: Message? { problem.check.flatMap(FixCheckWords.sentence) }

  /// The change as configuration of the server that the deciding answer names.
  var configuration: Reason.Configuration? { isRefuted ? nil : reason?.configuration(for: context) }

  /// The same for every server that has one.
  var configurations: [Reason.Configuration] { isRefuted ? [] : reason?.configurations(for: context) ?? [] }

  var context: FixContext { FixContext(problem) }

  private var isRefuted: Bool { problem.check?.mayBeOffered == false }
}
