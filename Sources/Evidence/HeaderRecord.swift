package import Fetch

/// One side's header fields, and what their recorder would have kept: the two together tell absent from not recorded.
package struct HeaderRecord: Equatable, Sendable {
  /// Which fields the recorder writes down.
  package enum Coverage: Equatable, Sendable {
    case all
    case only(FieldSet)
  }

  /// What becomes of a field sent more than once.
  package enum Duplicates: Sendable {
    case kept, joined, firstOnly, lastOnly
    /// Each is there, and how its name was spelled is not.
    case respelled
    /// Nobody knows.
    case unknown
  }

  package var list: HeaderList
  package var coverage: Coverage
  package var duplicates: Duplicates
  /// Fields whose presence is recorded, and whose value was blacked out.
  package var redacted: FieldSet
  /// Whether the recorder writes an empty field and an absent one alike.
  package var confusesEmptyWithAbsent: Bool

  package init(
    _ list: HeaderList = [:], coverage: Coverage = .all, duplicates: Duplicates = .kept, redacted: FieldSet = [],
    confusesEmptyWithAbsent: Bool = false
  ) {
    self.list = list
    self.coverage = coverage
    self.duplicates = duplicates
    self.redacted = redacted
    self.confusesEmptyWithAbsent = confusesEmptyWithAbsent
  }

  /// Nothing of this side was recorded.
  package static let nothing = HeaderRecord(coverage: .only([]))

  package func covers(_ field: KnownField) -> Bool {
    if case .only(let fields) = coverage { fields.contains(field) } else { true }
  }

  /// The field's combined value: `.recorded(nil)` where it is known to be absent.
  package func get(_ field: KnownField) -> Recorded<String?> {
    if redacted.contains(field) { return .redacted }
    if let value = list.get(field) { return .recorded(value) }
    return covers(field) ? .recorded(nil) : .notRecorded
  }

  /// The field's combined value where one was recorded; `nil` where it is absent or unknown.
  package func value(_ field: KnownField) -> String? { redacted.contains(field) ? nil : list.get(field) }

  /// Whether the field was sent, its value redacted or not; `nil` where that is not recorded.
  package func isPresent(_ field: KnownField) -> Bool? {
    if redacted.contains(field) || list.contains(field) { return true }
    return covers(field) ? false : nil
  }
}
