import Evidence
import Fetch
import Words

extension RootCause {
  static let misspeltHeaderName = RootCause(
    key: "misspelt-header-name",
    title: "A CORS header's name is misspelt",
    meaning: """
      The server sends the field, under a name that is almost right (Access-Control-Allow-Orgin, \
      Access-Control-Allow-Header, Allow-Origin). Browsers ignore unknown names without a word, and find the real one \
      missing.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard let wanted = context.wantedField, let answer = context.deciding?.response.list, !answer.contains(wanted),
        let slip = nearMiss(of: wanted, in: answer)
      else { return nil }
      return [Fact(slip.name, slip.value, from: context.side), Fact("meant", wanted.name, from: "inference")]
    },
    fix: { context in
      guard let wanted = context.wantedField, let answer = context.deciding?.response.list,
        let slip = nearMiss(of: wanted, in: answer)
      else { return nil }
      return """
        On \(context.fix.place), rename \(FixContext.quoted(slip.name)) to \(wanted.usualName) on \
        \(context.fix.answer): the name is misspelt, and browsers ignore it.
        """
    })

  /// A field that is none of the known ones, and whose name is the wanted one but for two letters, or for its beginning.
  private static func nearMiss(of wanted: KnownField, in list: HeaderList) -> HeaderField? {
    let full = Array(wanted.name.utf8)
    let short = Array(full.dropFirst("access-control-".utf8.count))
    let others = [short, Array("x-".utf8) + full, Array("access-".utf8) + short]
    return list.fields.first { field in
      let count = field.name.utf8.count
      guard field.known == nil, abs(count - full.count) <= 2 || others.contains(where: { $0.count == count }) else {
        return false
      }
      let name = field.name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0.asciiLowercased }
      return others.contains(name) || EditDistance.isAtMost(2, name, full)
    }
  }
}

extension CauseContext {
  /// The field whose absence decided.
  var wantedField: KnownField? {
    switch reason {
    case .missingAllowOrigin: .accessControlAllowOrigin
    case .missingAllowCredentials: .accessControlAllowCredentials
    case .methodNotFound: .accessControlAllowMethods
    case .missingAllowHeaderFromPreflight: .accessControlAllowHeaders
    default: nil
    }
  }
}
