extension Reason {
  /// The configuration of every server that has one for this reason, for an example's origin, methods and header names.
  package var configurations: [Configuration] {
    configure(CORSPolicy(credentials: key == .missingAllowCredentials || key == .notSupportingCredentials))
  }

  /// The same for the failing request's own origin, method and header names.
  package func configurations(for context: FixContext) -> [Configuration] { configure(CORSPolicy(context)) }

  /// The one for the server that was seen; `nil` where the server is not known, or where no configuration of it mends this
  /// reason.
  package func configuration(for context: FixContext) -> Configuration? {
    guard let product = context.server.flatMap({ ServerProduct(server: $0) }) else { return nil }
    return configurations(for: context).first { $0.server == product.rawValue }
  }
}

extension FixContext {
  /// From what a report holds of one problem.
  package init(_ problem: Findings.Problem) {
    let verdict = problem.example
    let inPreflight = verdict.phase == .preflight
    let deciding = inPreflight ? problem.preflight : problem.exchange
    let requested = FixContext.items(FixContext.value("access-control-request-headers", problem.preflight?.request))
    let allowed = FixContext.value("access-control-allow-headers", problem.preflight?.response)
    let listed = FixContext.items(allowed).map { $0.lowercased() }
    self.init(
      origin: verdict.origin ?? "", targetOrigin: verdict.targetOrigin ?? "", method: verdict.method, url: verdict.url,
      inPreflight: inPreflight, credentials: FixContext.credentials(of: verdict), status: deciding?.status,
      server: FixContext.value("server", deciding?.response),
      allowOrigin: FixContext.value("access-control-allow-origin", deciding?.response),
      allowCredentials: FixContext.value("access-control-allow-credentials", deciding?.response),
      allowMethods: FixContext.value("access-control-allow-methods", problem.preflight?.response),
      allowHeaders: allowed, requestedHeaders: requested,
      missingHeaders: requested.filter { !listed.contains($0.lowercased()) },
      location: FixContext.value("location", deciding?.response))
  }

  private static func value(_ name: String, _ fields: [(name: String, value: String)]?) -> String? {
    let lines = fields?.filter { $0.name.lowercased() == name }.map(\.value) ?? []
    return lines.isEmpty ? nil : lines.joined(separator: ", ")
  }

  private static func items(_ list: String?) -> [String] {
    (list ?? "").split(separator: ",").map { item in
      var item = item.drop { $0 == " " }
      while item.last == " " { item.removeLast() }
      return String(item)
    }.filter { !$0.isEmpty }
  }

  /// Whether the request was credentialed, as far as its evidence says; two reasons are only met by one that is.
  private static func credentials(of verdict: Verdict) -> Bool? {
    if verdict.reason == .missingAllowCredentials || verdict.reason == .notSupportingCredentials { return true }
    return verdict.credentials?.include
  }
}
