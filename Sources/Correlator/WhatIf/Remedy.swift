import Evidence
import Fetch

/// The change that mends a failure, made from its own facts: what the sentences of the catalogue's fixes say, as edits.
package enum Remedy {
  /// The change for one reason on one failure; `nil` where no header of an answer mends it, or none should: nobody is to allow
  /// the origin `null`.
  ///
  /// It is made on the answer that decided, for the failure's own endpoint, origin and method.
  package static func change(for failure: JudgedRequest) -> AnswerChange? {
    guard let reason = failure.verdict.reason, let edits = edits(reason, failure) else { return nil }
    let verdict = failure.verdict
    return AnswerChange(
      edits,
      on: AnswerChange.Scope(
        endpoints: [verdict.endpoint], origins: [verdict.origin ?? ""], methods: [verdict.method],
        side: verdict.phase == .preflight ? .preflight : .answer))
  }

  /// The changes for many failures.
  package static func changes(for failures: [JudgedRequest]) -> [AnswerChange] {
    merged(failures.compactMap(change(for:)))
  }

  /// One change for each place and side: lists that several of them need grow together.
  ///
  /// - Parameter changes: Made by `change(for:)`: each for one endpoint, origin and method.
  package static func merged(_ changes: [AnswerChange]) -> [AnswerChange] {
    var merged: [AnswerChange] = []
    var places: [String: Int] = [:]
    for change in changes {
      let scope = change.scope
      let key = [scope.endpoints[0], scope.origins[0], scope.methods[0], scope.side?.rawValue ?? ""]
        .joined(separator: "\n")
      if let place = places[key] {
        for edit in change.edits { merged[place].merge(edit) }
      } else {
        places[key] = merged.count
        merged.append(change)
      }
    }
    return merged
  }

  private static func edits(_ reason: ReasonKey, _ failure: JudgedRequest) -> [AnswerChange.Edit]? {
    let asking = failure.asking
    let includes = failure.credentials.possible == [true]
    let response = failure.preflight?.response
    switch reason {
    case .missingAllowOrigin, .allowOriginNotMatchingOrigin, .multipleAllowOriginNotAllowed, .notSupportingCredentials:
      let origin = failure.verdict.phase == .preflight ? asking.origin : failure.verdict.origin
      guard let origin, origin != "null" else { return nil }
      // As servers write it: Firefox counts lines by their spelling.
      let allowOrigin = AnswerChange.Edit.set(KnownField.accessControlAllowOrigin.usualName, origin)
      return includes || reason == .notSupportingCredentials ? [allowOrigin, credentials] : [allowOrigin]
    case .missingAllowCredentials: return [credentials]
    case .methodNotFound, .invalidAllowMethod:
      let listed = TokenList(response?.value(.accessControlAllowMethods)).items
      return [
        .set(KnownField.accessControlAllowMethods.usualName, list(listed, and: [asking.method], ignoringCase: false))
      ]
    case .missingAllowHeaderFromPreflight, .invalidAllowHeader:
      let listed = TokenList(response?.value(.accessControlAllowHeaders)).items
      return [
        .set(KnownField.accessControlAllowHeaders.usualName, list(listed, and: asking.headers, ignoringCase: true))
      ]
    case .preflightDidNotSucceed: return [.status(204)]
    case .externalRedirectNotAllowed:
      return failure.verdict.phase == .preflight ? [.status(204), .remove("Location")] : nil
    case .disabled, .didNotSucceed, .originHeaderNotAdded, .requestNotHttp: return nil
    }
  }

  private static let credentials = AnswerChange.Edit.set(KnownField.accessControlAllowCredentials.usualName, "true")

  /// `*` stays only where it is the whole list: beside names it says nothing to a reader.
  fileprivate static func list(_ listed: [String], and asked: [String], ignoringCase: Bool) -> String {
    var items = listed.filter { $0 != "*" }
    for name in asked {
      let isThere = items.contains { ignoringCase ? $0.asciiLowercased() == name : $0 == name }
      if !isThere { items.append(name) }
    }
    return items.joined(separator: ", ")
  }
}

extension AnswerChange {
  fileprivate mutating func merge(_ edit: Edit) {
    guard case .set(let name, let value) = edit else {
      if !edits.contains(edit) { edits.append(edit) }
      return
    }
    for (index, own) in edits.enumerated() {
      guard case .set(name, let there) = own else { continue }
      let known = KnownField(name: name)
      if known == .accessControlAllowMethods || known == .accessControlAllowHeaders {
        let items = TokenList(there).items
        let union = Remedy.list(
          items, and: TokenList(value).items, ignoringCase: known == .accessControlAllowHeaders)
        edits[index] = .set(name, union)
      }
      return
    }
    edits.append(edit)
  }
}
