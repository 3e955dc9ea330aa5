import Correlator
import Evidence
import Foundation
import Testing

/// What-if, proven by recordings: scenarios that differ from a passing one in one header.
@Suite struct WhatIfProofTests {
  static let folders = ConformanceTests.chromium + ConformanceTests.firefox

  static func pairs(_ folder: String) throws -> [ProofPair] {
    let captures = try #require(ConformanceTests.captures)
    return try ProofPair.all(in: captures.appending(path: folder))
  }

  @Test(arguments: folders) func `the one header's change turns the verdict of every pair`(folder: String) throws {
    let pairs = try Self.pairs(folder)
    #expect(pairs.count >= 5)
    for pair in pairs {
      let result = WhatIf([pair.mending], elsewhere: pair.elsewhere).result(for: pair.blocked)
      // Where the passing one's credentials mode was not recorded, neither is what they would have done here.
      if pair.passing.verdict.decision == .allowed {
        #expect(result.after.decision == .allowed, "\(pair.name): \(result.after)")
      } else {
        #expect(result.after.decision != .blocked, "\(pair.name): \(result.after)")
      }
    }
  }

  @Test(arguments: folders) func `a wrong change leaves it blocked`(folder: String) throws {
    for pair in try Self.pairs(folder) {
      for change in pair.wrong {
        let result = WhatIf([change], elsewhere: pair.elsewhere).result(for: pair.blocked)
        #expect(result.after.decision == .blocked, "\(pair.name): \(change.edits): \(result.after)")
      }
    }
  }

  @Test(arguments: folders) func `the opposite change breaks the passing one, for the blocked one's reason`(
    folder: String
  ) throws {
    for pair in try Self.pairs(folder) where pair.passing.verdict.decision == .allowed {
      let result = WhatIf([pair.breaking]).result(for: pair.passing)
      #expect(
        result.effect == .breaks(pair.blocked.verdict.reason, pair.blocked.verdict.phase),
        "\(pair.name): \(result.after)")
      #expect(result.after.chromiumError == pair.blocked.verdict.chromiumError || folder.hasPrefix("firefox"))
    }
  }
}
