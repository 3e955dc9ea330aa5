import Evidence
import Fetch
import Words

extension RootCause {
  static let allowListLacksMethod = RootCause(
    key: "allow-list-lacks-method",
    title: "The allow-list lacks the method",
    meaning: """
      The server's list of methods lacks the one that the page uses, or has it in another case: browsers put GET, HEAD, \
      POST, PUT, DELETE and OPTIONS in capitals by themselves, and send patch as the script wrote it.
      """,
    mending: .methodNotFound,
    signature: { context in
      guard context.reason == .methodNotFound else { return nil }
      let list = context.fix.allowMethods
      var facts = [
        Fact("missing method", context.fix.method, from: "preflight request"),
        Fact("access-control-allow-methods", list ?? "(absent)", from: "preflight response"),
      ]
      if differsByCase(context.fix) {
        facts.append(Fact("comparison", "the list has it in another case", from: "inference"))
      }
      return facts
    },
    fix: { context in
      // In capitals it is as it should be, or as browsers put it: then the slip is the server's.
      let isInCapitals = !context.fix.method.utf8.contains { (0x61...0x7A).contains($0) }
      guard differsByCase(context.fix), !isInCapitals else { return nil }
      return """
        Let the script at \(context.fix.originName) write the method as the list of \(context.fix.targetName) does \
        (\(FixContext.quoted(context.fix.allowMethods))): it sent \(context.fix.methodName), and methods are compared \
        with their case.
        """
    })

  private static func differsByCase(_ fix: FixContext) -> Bool {
    CommaList(fix.allowMethods ?? "").containsIgnoringCase(fix.method)
  }
}
