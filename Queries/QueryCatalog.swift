/// The ready queries, by name: every `.sql` file of this folder, embedded in the program.
package enum QueryCatalog {
  package static let all: [Query] = files.compactMap {
    Query(name: $0.name, text: String(decoding: $0.bytes, as: UTF8.self))
  }

  /// How many files there are; fewer queries would mean that one's comment lines are wrong.
  package static var fileCount: Int { files.count }

  package static func find(_ name: String) throws(QueryError) -> Query {
    guard let query = all.first(where: { $0.name == name }) else { throw QueryError(.noSuchQuery(name), query: nil) }
    return query
  }

  private static let files: [(name: String, bytes: [UInt8])] = [
    ("clients-hit-most", PackageResources.clients_hit_most_sql),
    ("engine-disagreement", PackageResources.engine_disagreement_sql),
    ("errors-without-cors", PackageResources.errors_without_cors_sql),
    ("failure-rates", PackageResources.failure_rates_sql),
    ("failures-by-hour", PackageResources.failures_by_hour_sql),
    ("least-certain", PackageResources.least_certain_sql),
    ("missing-allow-headers", PackageResources.missing_allow_headers_sql),
    ("new-failures", PackageResources.new_failures_sql),
    ("null-origins", PackageResources.null_origins_sql),
    ("origin-near-misses", PackageResources.origin_near_misses_sql),
    ("preflight-cost", PackageResources.preflight_cost_sql),
    ("preflight-latency", PackageResources.preflight_latency_sql),
    ("refused-by-one-engine", PackageResources.refused_by_one_engine_sql),
    ("root-causes", PackageResources.root_causes_sql),
    ("sources", PackageResources.sources_sql),
    ("top-failing-endpoints", PackageResources.top_failing_endpoints_sql),
    ("uncached-preflights", PackageResources.uncached_preflights_sql),
    ("undetermined", PackageResources.undetermined_sql),
    ("unfollowed-preflights", PackageResources.unfollowed_preflights_sql),
    ("wildcard-credentials", PackageResources.wildcard_credentials_sql),
  ]
}
