import Evidence
import Fetch
import Words

extension RootCause {
  static let originMisspelt = RootCause(
    key: "origin-misspelt",
    title: "The allowed origin is misspelt",
    meaning: """
      The server means this origin, but does not write it as browsers do: with a slash or path at its end, another case, \
      scheme or port, with or without www, as a pattern or a list, without a scheme, or as a template that was never \
      filled in. The value is compared byte by byte.
      """,
    mending: .allowOriginNotMatchingOrigin,
    signature: { context in
      guard let slip = context.originSlip, slip != .otherOrigin else { return nil }
      let value = context.fix.allowOrigin ?? ""
      return [
        Fact("access-control-allow-origin", value, from: context.side),
        Fact("comparison", slip.words.english, from: "inference"),
      ]
    },
    fix: { context in
      guard let slip = context.originSlip, !context.fix.isOpaqueOrigin else { return nil }
      return """
        On \(context.fix.place), send exactly \(context.fix.allowOriginLine) (and Vary: Origin) with \
        \(context.fix.answer): \(FixContext.quoted(context.fix.allowOrigin)) \(slip.words).
        """
    })
}

extension CauseContext {
  /// How the allowed origin misses the asking one, where that is the reason.
  var originSlip: OriginSlip? {
    guard decision != .allowed, let value = fix.allowOrigin, value != fix.origin, value != "*", !fix.origin.isEmpty
    else {
      return nil
    }
    switch reason {
    case .allowOriginNotMatchingOrigin, .multipleAllowOriginNotAllowed:
      return OriginSlip(value: value, expected: fix.origin)
    default: return nil
    }
  }
}
