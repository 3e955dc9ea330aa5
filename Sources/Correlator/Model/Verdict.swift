package import Evidence

/// The decision on one request that a browser ran, or refused to run, under the CORS protocol.
package struct Verdict: Sendable {
  package enum Decision: String, CaseIterable, Sendable {
    case blocked, allowed, undetermined
  }

  /// Where it was decided.
  package enum Phase: String, CaseIterable, Sendable {
    /// Never sent.
    case request
    case preflight, redirect, response
  }

  /// How sure verdict and reason are, together.
  package enum Certainty: String, CaseIterable, Sendable {
    /// Follows from recorded bytes, whatever was not recorded.
    case certain
    /// Rests on an inference about something not recorded, named in the evidence.
    case inferred
    /// More than one explanation stands.
    case possible
  }

  /// The request's place, or its preflight's where only that was recorded.
  package var anchor: Locator
  package var exchange: Locator?
  package var preflight: Locator?
  /// Microseconds since 1970, UTC.
  package var startedAt: Int64?
  package var client: String?
  /// Serialised; `null` for an opaque one.
  package var origin: String?
  package var targetOrigin: String?
  package var method: String
  package var url: String
  package var endpoint: String
  package var status: Int?

  package var decision: Decision
  package var reason: ReasonKey?
  package var phase: Phase?
  package var certainty: Certainty
  /// The reasons that still stand, the likeliest first, when not one alone does.
  package var candidates: [ReasonKey] = []
  package var recordedBy: Recorder
  package var engines: PerEngine<Decision>
  package var chromiumError: ChromiumError?
  /// Key of a `RootCause`.
  package var rootCause: String?
  package var evidence: [Fact] = []
  /// One sentence: what to change, where.
  package var fix: String?

  package init(
    anchor: Locator, method: String, url: String, endpoint: String, decision: Decision, certainty: Certainty,
    recordedBy: Recorder, engines: PerEngine<Decision>
  ) {
    self.anchor = anchor
    self.method = method
    self.url = url
    self.endpoint = endpoint
    self.decision = decision
    self.certainty = certainty
    self.recordedBy = recordedBy
    self.engines = engines
  }
}

/// One value for each engine.
package struct PerEngine<Value: Sendable>: Sendable {
  package var chromium: Value
  package var firefox: Value
  package var webkit: Value

  package init(chromium: Value, firefox: Value, webkit: Value) {
    self.chromium = chromium
    self.firefox = firefox
    self.webkit = webkit
  }

  package init(_ value: (Engine) -> Value) {
    self.init(chromium: value(.chromium), firefox: value(.firefox), webkit: value(.webkit))
  }

  package subscript(engine: Engine) -> Value {
    get {
      switch engine {
      case .chromium: chromium
      case .firefox: firefox
      case .webkit: webkit
      }
    }
    set {
      switch engine {
      case .chromium: chromium = newValue
      case .firefox: firefox = newValue
      case .webkit: webkit = newValue
      }
    }
  }
}

/// What was seen or inferred, and where: one element of `evidence`.
package struct Fact: Equatable, Sendable {
  package var fact: String
  package var value: String
  /// Where it comes from: `preflight response`, `request header`, `inference`, ….
  package var from: String

  package init(_ fact: String, _ value: String, from: String) {
    self.fact = fact
    self.value = value
    self.from = from
  }
}

/// What became of one preflight: a row of `preflights`.
package struct PreflightRecord: Sendable {
  package enum Outcome: String, CaseIterable, Sendable {
    case followed, refused, abandoned, undetermined
  }

  /// How the request that followed was found.
  package enum Basis: String, Sendable {
    case exporterLink = "exporter-link"
    case onlyCandidate = "only-candidate"
    case nearestInTime = "nearest-in-time"
    case likelihood
  }

  package var preflight: Locator
  package var origin: String?
  package var url: String
  package var requestedMethod: String?
  package var requestedHeaders: String?
  package var status: Int?
  package var startedAt: Int64?
  package var client: String?
  package var followUp: Locator?
  package var pairedBy: Basis?
  /// 0 to 1: of pairs given 0.9, nine in ten are right.
  package var confidence: Double?
  /// Microseconds from the preflight's end to the follow-up's start.
  package var gap: Int64?
  /// How many further requests it let through.
  package var covers = 0
  package var outcome: Outcome

  package init(preflight: Locator, url: String, outcome: Outcome) {
    self.preflight = preflight
    self.url = url
    self.outcome = outcome
  }
}
