import Correlator
import Evidence
import Fetch
import Testing

/// The catalogue's changes, tried on the failures that they are for.
@Suite struct WhatIfFixTests {
  typealias Samples = WhatIfSamples

  static let both: HeaderList = [
    "Access-Control-Allow-Origin": Samples.origin, "Access-Control-Allow-Credentials": "true",
  ]

  static func refused(_ headers: HeaderList, status: Int = 204, include: Bool = false) -> JudgedRequest {
    Samples.judged(
      Samples.unanswered("PUT"), preflight: Samples.preflight(of: "PUT", names: "x-token", headers, status: status),
      include: include)
  }

  private static func preflight(_ more: HeaderList) -> HeaderList { HeaderList(both.fields + more.fields) }

  static let failures: [(ReasonKey, JudgedRequest)] = [
    (.missingAllowOrigin, Samples.judged(Samples.answered([:]))),
    (
      .allowOriginNotMatchingOrigin,
      Samples.judged(Samples.answered(["Access-Control-Allow-Origin": "https://a.example"]))
    ),
    (
      .multipleAllowOriginNotAllowed,
      Samples.judged(Samples.answered(["Access-Control-Allow-Origin": "https://a.example, *"]))
    ),
    (.notSupportingCredentials, Samples.judged(Samples.answered(["Access-Control-Allow-Origin": "*"]), include: true)),
    (
      .missingAllowCredentials,
      Samples.judged(Samples.answered(["Access-Control-Allow-Origin": Samples.origin]), include: true)
    ),
    (.methodNotFound, refused(preflight(["Access-Control-Allow-Headers": "x-token"]))),
    (.missingAllowHeaderFromPreflight, refused(preflight(["Access-Control-Allow-Methods": "PUT"]))),
    (
      .invalidAllowMethod,
      refused(preflight(["Access-Control-Allow-Methods": "PUT; GET", "Access-Control-Allow-Headers": "x-token"]))
    ),
    (
      .invalidAllowHeader,
      refused(preflight(["Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x token"]))
    ),
    (
      .preflightDidNotSucceed,
      refused(
        preflight(["Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x-token"]), status: 401)
    ),
    (
      .externalRedirectNotAllowed,
      refused(
        preflight([
          "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x-token", "Location": "/login",
        ]), status: 302)
    ),
  ]

  @Test(arguments: failures) func `one step mends the failure that it is for`(reason: ReasonKey, failure: JudgedRequest)
  {
    #expect(failure.verdict.reason == reason)
    var elsewhere = Elsewhere()
    elsewhere.note(Samples.judged(Samples.answered("PUT", Self.both)))
    let check = FixCheck.check(failure, elsewhere: elsewhere)
    #expect(check.conclusion == .passes)
    #expect(check.steps.map(\.reason) == [reason])
    #expect(check.mayBeOffered)
  }

  @Test func `a failure that hides others is mended step by step`() {
    let check = FixCheck.check(Self.refused([:], status: 401))
    #expect(
      check.steps.map(\.reason) == [
        .missingAllowOrigin, .preflightDidNotSucceed, .methodNotFound, .missingAllowHeaderFromPreflight,
      ])
    #expect(check.conclusion == .passesSoFar)
    #expect(!check.isWhole)
  }

  @Test func `the steps go on to the answer that the endpoint gives elsewhere`() {
    var elsewhere = Elsewhere()
    elsewhere.note(Samples.judged(Samples.answered("PUT", [:])))
    let check = FixCheck.check(Self.refused([:], status: 401), elsewhere: elsewhere)
    #expect(check.steps.last?.phase == .response)
    #expect(check.steps.last?.reason == .missingAllowOrigin)
    #expect(check.conclusion == .passes)
  }

  @Test func `nobody is told to allow the origin null`() {
    let failure = Samples.judged(Samples.answered([:], origin: "null"))
    #expect(failure.verdict.reason == .missingAllowOrigin)
    #expect(Remedy.change(for: failure) == nil)
    #expect(FixCheck.check(failure).conclusion == .notChecked)
  }

  @Test func `without the credentials mode the limit is said, and no credentials are allowed unasked`() {
    let failure = Samples.judged(Samples.answered([:]), include: nil)
    let check = FixCheck.check(failure)
    #expect(check.conclusion == .passesWithoutCredentials)
    #expect(check.steps.flatMap(\.change.edits) == [.set("Access-Control-Allow-Origin", Samples.origin)])
  }

  @Test func `failures of one place that lack different names get one list`() {
    let lacking = { (names: String) in
      Samples.judged(
        Samples.unanswered("PUT"),
        preflight: Samples.preflight(
          of: "PUT", names: names, Self.preflight(["Access-Control-Allow-Methods": "PUT"])))
    }
    let changes = Remedy.changes(for: [lacking("x-a"), lacking("x-b")])
    #expect(changes.map(\.edits) == [[.set("Access-Control-Allow-Headers", "x-a, x-b")]])
    for failure in [lacking("x-a"), lacking("x-b")] {
      #expect(WhatIf(changes).result(for: failure).effect == .passesSoFar)
    }
  }
}
