/// What is known of a fact: recorded, not recorded, or recorded and blacked out.
///
/// "Not recorded" is never read as "absent": an access log without a column for `Access-Control-Allow-Origin` says nothing of it.
package enum Recorded<Value> {
  case recorded(Value)
  case notRecorded
  /// It was there, and its value was removed before we saw it (a sanitised export, a logger's filter).
  case redacted

  package var value: Value? { if case .recorded(let value) = self { value } else { nil } }

  package func map<Other>(_ transform: (Value) -> Other) -> Recorded<Other> {
    switch self {
    case .recorded(let value): .recorded(transform(value))
    case .notRecorded: .notRecorded
    case .redacted: .redacted
    }
  }
}

extension Recorded: Sendable where Value: Sendable {}
extension Recorded: Equatable where Value: Equatable {}
