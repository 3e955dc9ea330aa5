extension Reason {
  /// All fifteen, in the order of `ReasonKey`.
  package static let all: [Reason] = []

  package static func of(_ key: ReasonKey) -> Reason? { all.first { $0.key == key } }
}

extension RootCause {
  /// In the order in which they are tried: the first whose signature fits is the cause.
  package static let all: [RootCause] = []

  package static func of(_ key: String) -> RootCause? { all.first { $0.key == key } }
}
