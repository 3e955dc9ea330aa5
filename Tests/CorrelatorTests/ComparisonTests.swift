import Correlator
import Testing

@Suite struct ComparisonTests {
  static func population(
    _ name: String, failures: Int, of requests: Int, allowed: Int? = nil, reason: ReasonKey = .missingAllowOrigin
  ) -> Population {
    var population = Population(name: name)
    let problem = ProblemIdentity(
      origin: "https://app.example", endpoint: "https://api.example/a", method: "PUT", reason: reason.rawValue)
    if failures > 0 { population.problems[problem] = Population.Counts(failures: failures) }
    if requests > 0 {
      population.requests[Subject(problem)] = Population.Requests(
        all: requests, allowed: allowed ?? requests - failures)
    }
    return population
  }

  static let changes: [(old: (Int, Int), new: (Int, Int), Comparison.Change)] = [
    ((0, 40), (3, 40), .new), ((0, 0), (1, 1), .new), ((3, 40), (0, 40), .fixed), ((3, 40), (0, 0), .notSeen),
    ((5, 100), (50, 100), .worse), ((50, 100), (5, 100), .better), ((5, 100), (7, 100), .unchanged),
    // One of one is no rate to compare by.
    ((1, 2), (2, 2), .unchanged), ((40, 40), (400, 400), .unchanged),
  ]

  @Test(arguments: changes) func `a problem's change is told from its rates`(
    old: (Int, Int), new: (Int, Int), change: Comparison.Change
  ) {
    let comparison = Comparison(
      Self.population("old", failures: old.0, of: old.1), Self.population("new", failures: new.0, of: new.1))
    #expect(comparison.rows.map(\.change) == [change])
    #expect(comparison.count(change) == 1)
  }

  @Test func `where nothing is allowed and nothing blocked, nothing is called fixed`() {
    let open = Self.population("new", failures: 0, of: 10, allowed: 0)
    let comparison = Comparison(Self.population("old", failures: 3, of: 10), open)
    #expect(comparison.rows.map(\.change) == [.notSeen])
  }

  @Test func `a request that fails for another reason is new, and its old reason is not called fixed`() {
    let comparison = Comparison(
      Self.population("old", failures: 5, of: 5),
      Self.population("new", failures: 4, of: 5, reason: .methodNotFound))
    #expect(comparison.rows.map(\.change) == [.new, .changed])
    #expect(comparison.rows.map(\.identity.reason) == ["CORSMethodNotFound", "CORSMissingAllowOrigin"])
  }

  @Test func `a problem's number depends on its four parts alone`() {
    let parts = ["https://app.example", "https://api.example/a", "PUT", "CORSMissingAllowOrigin"]
    func id(_ parts: [String]) -> String {
      ProblemIdentity(origin: parts[0], endpoint: parts[1], method: parts[2], reason: parts[3]).id
    }
    #expect(id(parts) == "199d9888fb2bcfb8")
    for index in parts.indices {
      var other = parts
      other[index] += "x"
      #expect(id(other) != id(parts))
    }
  }
}
