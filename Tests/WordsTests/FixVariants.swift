import Correlator
import Evidence
import Fetch
import Words

/// What every reason and every root cause says is to be changed, in thousands of circumstances.
enum FixVariants {
  static var all: [Message] {
    var messages: [Message] = []
    for number in 0..<6000 {
      // A stride that shares no factor with the number of choices meets each pair of them.
      var choices = Choices(number &* 7_919)
      let context = context(&choices)
      messages += Reason.all.map { $0.fix(context) }
      let circumstances = circumstances(context, &choices)
      messages += RootCause.all.compactMap { $0.fix?(circumstances) }
    }
    return messages
  }

  /// Picks by the digits of a number, each in the base of what there is to choose from.
  private struct Choices {
    private var rest: Int

    init(_ number: Int) { rest = number }

    mutating func pick<Value>(_ values: [Value]) -> Value {
      defer { rest /= values.count }
      return values[rest % values.count]
    }
  }

  /// The many ways to miss `https://app.test`.
  private static let allowOrigins = [
    nil, "", "null", "${origin}", "'https://app.test'", "*\u{0B}", "https://app.test, https://b.test", "https://*.test",
    "app.test", "https://b\u{FC}cher.example",
    "https://app.test/", "https://app.test/x", "https://APP.test", "https://app.test:443", "http://app.test",
    "https://app.test:8443", "https://www.app.test", "https://a.app.test", "https://test", "nonsense",
    "https://other.example", "*",
  ]

  private static func context(_ choices: inout Choices) -> FixContext {
    let allowOrigin = choices.pick(allowOrigins)
    var context = FixContext(
      origin: choices.pick(["https://app.test", "null", "", "https://xn--bcher-kva.example"]),
      targetOrigin: choices.pick(["https://api.test", ""]),
      method: choices.pick(["PUT", "GET", "put", ""]),
      url: choices.pick(["https://api.test/x", "/x", "ftp://api.test/"]))
    context.allowOrigin = allowOrigin
    context.credentials = choices.pick([true, false, nil])
    context.status = choices.pick([nil, 302, 404])
    let list = choices.pick([nil, "*", "PUT", ""])
    context.allowMethods = list
    context.allowHeaders = list
    context.allowCredentials = list
    context.server = choices.pick(["nginx", nil])
    context.location = choices.pick(["https://api.test/login", "http://api.test/y", nil])
    context.inPreflight = choices.pick([true, false])
    context.recordsAllowOrigin = choices.pick([true, false])
    context.missingHeaders = choices.pick([[], ["x-a"], (0..<12).map { "x-\($0)" }])
    context.transportError = choices.pick(["net::ERR_TIMED_OUT", nil])
    return context
  }

  private static func circumstances(_ context: FixContext, _ choices: inout Choices) -> CauseContext {
    var exchange = Exchange(
      locator: Locator(entry: 1, offset: 0), method: "PUT", url: "https://api.test/x",
      request: HeaderRecord(["Origin": "null", "Referer": "https://app.test/"]),
      response: HeaderRecord(["Access-Control-Allow-Orgin": "https://app.test"]), status: context.status)
    exchange.pageOrigin = choices.pick(["https://app.test", nil])
    return CauseContext(
      decision: .blocked,
      reason: choices.pick([.missingAllowOrigin, .allowOriginNotMatchingOrigin, .missingAllowCredentials]),
      phase: context.inPreflight ? .preflight : .response, fix: context, deciding: exchange, request: exchange,
      endpointHasAllowOriginElsewhere: false)
  }
}
