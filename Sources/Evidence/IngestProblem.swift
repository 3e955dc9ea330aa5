/// Something in an input that could not be read: a row of `rejects`, never an exception.
package struct IngestProblem: Equatable, Sendable {
  /// Stable names: a test holds each to a sentence.
  package enum Code: String, CaseIterable, Sendable {
    case truncated = "truncated-input"
    case badJSON = "bad-json"
    case badEntry = "bad-entry"
    case badLine = "bad-line"
    case badURL = "bad-url"
    case badTimestamp = "bad-timestamp"
    case badUTF8 = "bad-utf8"
    case tooDeep = "too-deep"
    case tooLong = "too-long"
    case badContainer = "bad-container"
    case unknownFormat = "unknown-format"
  }

  package var code: Code
  package var locator: Locator
  /// One sentence: what was found, what was expected.
  package var why: String
  /// At most 120 bytes of the place, secrets left out.
  package var sample: String
  /// Whether the item was lost; `false` where it was used all the same.
  package var lostItem: Bool

  package init(_ code: Code, at locator: Locator, why: String, sample: String = "", lostItem: Bool = true) {
    self.code = code
    self.locator = locator
    self.why = why
    self.sample = sample
    self.lostItem = lostItem
  }
}
