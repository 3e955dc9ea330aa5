import Correlator

/// Small words on a coloured ground: the word says it, the colour repeats it.
enum Badges {
  static func decision(_ decision: Verdict.Decision, into html: inout HTML) {
    html.element(.span, [.class("badge \(decision.rawValue)")], decision.rawValue)
  }

  static func certainty(_ certainty: Verdict.Certainty, into html: inout HTML) {
    html.element(.span, [.class("badge certainty")], certainty.rawValue)
  }

  /// Text from input, in a direction of its own.
  static func code(_ text: some StringProtocol, into html: inout HTML) {
    html.element(.code, [.of(.dir, "ltr")], text.isEmpty ? "(empty)" : String(text))
  }
}
