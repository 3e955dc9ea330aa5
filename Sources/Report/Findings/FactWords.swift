import Correlator
import Words

/// One fact of the evidence: its words are said in the reader's language, what was recorded stays as it is.
struct FactWords {
  let name: Message
  let value: Message
  /// Where it was seen; `nil` for a bare inference.
  let source: Message?
  let isInferred: Bool

  private static let inference = "inference"

  init(_ fact: Fact) {
    isInferred = fact.from.hasPrefix(FactWords.inference)
    name = Message(kept: fact.fact)
    value = FactWords.isWords(fact) ? Message(kept: fact.value) : "\(fact.value)"
    let source = fact.from.dropFirst(isInferred ? "\(FactWords.inference): ".count : 0)
    self.source = source.isEmpty ? nil : Message(kept: String(source))
  }

  /// With its source in brackets.
  var sentence: Message { "\(name): \(value)\(bracketed)" }

  var bracketed: Message {
    guard let source else { return "" }
    return isInferred ? " (from \(source))" : " (\(source))"
  }

  /// Whether the value is the judge's own words: a header's value never is, whatever it reads like.
  private static func isWords(_ fact: Fact) -> Bool {
    let own = [inference, "exporter", "other exchanges", "log", "request header cookie"]
    return own.contains { fact.from.hasPrefix($0) } || ["(absent)", "(none)", "(not sent)"].contains(fact.value)
  }
}
