import Correlator
import Store
import Testing

@Suite struct PopulationTests {
  static let cases = [
    Case(entry: 1, client: "10.0.0.1", minutes: 0), Case(entry: 3, client: "10.0.0.2", minutes: 10),
    Case(entry: 5, decision: .allowed, minutes: 20), Case(entry: 7, decision: .undetermined, minutes: 30),
    Case(entry: 9, reason: .methodNotFound, client: "10.0.0.1", minutes: 40),
    Case(entry: 11, method: "GET", decision: .allowed, minutes: 50),
  ]

  private static func problem(_ reason: ReasonKey) -> ProblemIdentity {
    ProblemIdentity(
      origin: "https://app.example", endpoint: "https://api.example/users/{id}", method: "PUT",
      reason: reason.rawValue)
  }

  @Test func `requests are counted by problem, and problems by what they are among`() throws {
    let population = try reader(Self.cases).population(named: "all")
    #expect(population.total == 6)
    #expect(population.failures == 3)
    #expect(population.problems.keys.sorted() == [Self.problem(.methodNotFound), Self.problem(.missingAllowOrigin)])
    let counts = try #require(population.problems[Self.problem(.missingAllowOrigin)])
    #expect(counts.failures == 2)
    #expect(counts.clients == 2)
    #expect(counts.lastSeen == midnight + 600_000_000)
    let subject = Subject(Self.problem(.methodNotFound))
    #expect(population.requests[subject] == Population.Requests(all: 5, allowed: 1))
  }

  @Test func `a span of time is a population of its own`() throws {
    let reader = try reader(Self.cases)
    let split = midnight + 15 * 60_000_000
    let old = try reader.population(named: "old", FindingsFilter(until: split))
    let new = try reader.population(named: "new", FindingsFilter(since: split))
    let comparison = Comparison(old, new)
    #expect(comparison.rows.map(\.change) == [.new, .changed])
    #expect(comparison.old.requests + comparison.new.requests == 6)
  }

  @Test func `verdicts that are alike are read once, and counted`() throws {
    var found: [(Int, Int, ReasonKey?)] = []
    try reader(Self.cases).judgedClasses { one in found.append((one.count, one.clients, one.judged.verdict.reason)) }
    #expect(found.map(\.0).reduce(0, +) == 6)
    #expect(found.first { $0.2 == .missingAllowOrigin }.map { [$0.0, $0.1] } == [2, 2])
    #expect(found.count == 5)
  }
}
