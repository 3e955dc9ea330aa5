import Correlator
import Words

/// Small words on a coloured ground: the word says it, the colour repeats it.
enum Badges {
  static func decision(_ decision: Verdict.Decision, into html: inout HTML) {
    html.element(.span, [.class("badge \(decision.rawValue)")], say: decision.word)
  }

  static func certainty(_ certainty: Verdict.Certainty, into html: inout HTML) {
    html.element(.span, [.class("badge certainty")], say: certainty.word)
  }

  /// Text from input, in a direction of its own.
  static func code(_ text: some StringProtocol, into html: inout HTML) {
    html.element(.code, [.of(.dir, "ltr")], text.isEmpty ? html.language("(empty)") : String(text))
  }
}

extension Verdict.Decision {
  var word: Message {
    switch self {
    case .blocked: "blocked"
    case .allowed: "allowed"
    case .undetermined: "undetermined"
    }
  }
}

extension Verdict.Certainty {
  var word: Message {
    switch self {
    case .certain: "certain"
    case .inferred: "inferred"
    case .possible: "possible"
    }
  }
}
