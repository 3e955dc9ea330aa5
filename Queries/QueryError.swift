/// A query that cannot be run as it was asked for, with the parameters that it has.
package struct QueryError: Error, Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case noSuchQuery(String)
    case missingParameter(String)
    case unknownParameter(String)
    /// The parameter, and the value that is none of its kind.
    case badValue(Query.Parameter, String)
  }

  package let kind: Kind
  /// `nil` where there is no such query.
  package let query: Query?

  init(_ kind: Kind, query: Query?) {
    self.kind = kind
    self.query = query
  }
}
