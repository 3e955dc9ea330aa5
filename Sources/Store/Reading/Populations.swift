package import Correlator

extension StoreReader {
  /// The requests that pass the filter, counted by problem: one side of a comparison.
  ///
  /// - Parameters:
  ///   - name: What the side is called.
  ///   - filter: Which requests are looked at; failures for other reasons than it names are no problems of the side.
  /// - Returns: The same whatever the order of imports.
  /// - Throws: SQLite's own errors.
  package func population(
    named name: String, _ filter: FindingsFilter = FindingsFilter()
  ) throws(StoreError) -> Population {
    try snapshot { () throws(StoreError) in
      var population = Population(name: name)
      let subjects = try connection.subjects()
      var requestFilter = filter
      requestFilter.reasons = []
      let requests = try statement(
        """
        SELECT v.subject, count(*), sum(v.decision = \(Schema.allowed)) FROM verdict v
        WHERE 1\(requestFilter.condition(reasonsToo: false).sql) GROUP BY v.subject
        """, requestFilter, reasonsToo: false)
      while try requests.step() {
        guard let subject = subjects[requests.int(0)] else { continue }
        population.requests[subject, default: Population.Requests()].all += Int(requests.int(1))
        population.requests[subject]?.allowed += Int(requests.int(2))
      }
      let failures = try statement(
        """
        SELECT v.subject, coalesce(j.reason, ''), count(*), count(DISTINCT \(Views.countedClient)),
          min(v.started_at), max(v.started_at)
        FROM verdict v JOIN judgement j ON j.id = v.judgement
        WHERE v.decision = \(Schema.blocked)\(filter.condition(reasonsToo: true).sql) GROUP BY 1, 2
        """, filter, reasonsToo: true)
      while try failures.step() {
        guard let subject = subjects[failures.int(0)] else { continue }
        let key = ProblemIdentity(
          origin: subject.origin, endpoint: subject.endpoint, method: subject.method, reason: failures.text(1) ?? "")
        let counts = Population.Counts(
          failures: Int(failures.int(2)), clients: Int(failures.int(3)), firstSeen: failures.intOrNil(4),
          lastSeen: failures.intOrNil(5))
        population.problems[key, default: Population.Counts(failures: 0)].add(counts)
      }
      return population
    }
  }

  private func statement(
    _ sql: String, _ filter: FindingsFilter, reasonsToo: Bool
  ) throws(StoreError) -> BoundStatement {
    let statement = try connection.prepare(sql)
    for (index, value) in filter.condition(reasonsToo: reasonsToo).values.enumerated() { statement.bind(value, index) }
    return statement
  }
}
