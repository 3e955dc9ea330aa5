package import Evidence
import Fetch

/// One request under the CORS protocol, with everything that was recorded of it: what a judgement is made from.
package struct Scene: Sendable {
  package var request: Exchange?
  package var preflight: Exchange?
  /// The serialised origin that the request's answer has to name, and how it is known.
  package var origin: String?
  package var originFact: Fact?
  /// Whether the origin was recorded with the request or its preflight, not inferred.
  package var originIsRecorded: Bool
  var credentials: CredentialsEvidence
  /// The engine whose browser sent the request; `nil` where nothing tells.
  package var engine: Engine?
  package var profile: SourceProfile
  /// How many redirects came before this hop.
  var redirectCount = 0
  /// Whether a hop before this one was preflighted, and this one needed no preflight any more: Chromium asks anew at each hop, the
  /// others preflight all that follow (a 303 makes GET of PUT, and another origin's server gets no `Authorization`).
  var isRelieved = false
  /// Whether it is known to be the redirect that was one too many, wherever it leads.
  var isOneTooMany = false
  /// Whether the first of the hops asked the page's own server.
  var beganAtHome = false
  /// Whether it is a redirect whose next hop is not there, of a recorder that shows every hop.
  var isUnfollowed = false
  /// Whether the next hop was sent, or asked leave to be.
  var isFollowed = false
  /// Whether the recorder shows the next hop as made and never sent: how Firefox leaves a redirect that it refused.
  var isVetoed = false
  /// How sure it is that the preflight belongs to the request.
  var pairing = 1.0
  /// The preflight whose cached result let the request through.
  var grant: Exchange?
  /// For a preflight whose request is not in the recording: whether the recording goes on well beyond it.
  var goesOn = true
  /// Whether its recorder would have shown the request that the preflight held back: some filter hid it.
  var followUpIsHidden = false
  var capture = CaptureFacts()
  /// Whether what was recorded leaves no mode but `cors`: without Fetch Metadata a POST may be a no-cors one, which has an origin too.
  var modeIsRecorded = true
  /// Whether other requests of the same page to the same endpoint ran under CORS for sure.
  var neighboursRunUnderCORS = false
  /// The directive of its page's policy that forbids the request; or else where it was redirected to.
  var forbiddingDirective: String?
  /// Where the answer was recorded that the request is taken to have got out of the cache: its own is not shown.
  var storedFrom: Locator?
  /// Whether the recorder shows the next hop as refused. Exports that hold nothing but HTTP lack those to other schemes.
  var showsRefusedHop = false
  /// Whether the recorder shows the next hop as given up at once: how Chromium leaves a redirect to a page that wants it unfollowed.
  var wasLeft = false
  /// Whether it is a redirect that leads a secure page to where nothing is secure.
  var leavesTLS = false
  /// Whether a script's answer has another type than JavaScript's, or a style sheet's than CSS's.
  var isMistyped = false
  /// Whether the browser gave the answer up, and took nothing of its body.
  var isUnread = false
  /// Whether the recorder shows that it was refused before it came near the network.
  var isRefusedUnsent = false

  /// What became of the request, as far as the recording shows.
  enum Progress: Equatable {
    case answered
    /// It was held back although its preflight was answered.
    case heldBack
    case preflightUnanswered
    /// It went out, and no answer came.
    case unanswered
    case redirectRefused
    /// It has neither an answer nor a recorded preflight.
    case silent
    /// Only the preflight was recorded.
    case announced
  }

  var progress: Progress {
    guard let request else { return preflight?.wasAnswered == true ? .announced : withoutPreflight }
    if request.wasAnswered { return .answered }
    let preflightAnswered = preflight?.wasAnswered
    switch request.failureMark {
    case .redirect: return .redirectRefused
    case .transport: return preflightAnswered == false ? .preflightUnanswered : .unanswered
    default: break
    }
    // Older browsers' tools show no answer that was refused, and mark it like any other refusal.
    let isUnanswered = request.delivery == .sent && request.failureMark != .generic
    guard let preflightAnswered else { return isUnanswered ? .unanswered : .silent }
    if !preflightAnswered { return withoutPreflight }
    return isUnanswered ? .unanswered : .heldBack
  }

  /// What it is to have a preflight without an answer: its mark may be that of one that was refused.
  private var withoutPreflight: Progress {
    let mark = preflight?.failureMark ?? request?.failureMark
    return mark == .generic || preflight?.failureMark == .redirect ? .silent : .preflightUnanswered
  }

  /// Whether a proxy that got no answer may have made one of its own to tell the browser so: it has no CORS headers, and is not recorded.
  var mayBeAnsweredByProxy: Bool {
    profile.recorder == .proxy && progress != .answered && request?.failureMark != .aborted
  }

  /// Whether the request of a lone preflight may have been refused by its own answer, and left out for that: tools built on Chromium's
  /// protocol leave out what failed.
  var failuresAreLeftOut: Bool {
    request == nil && profile.recorder == .chromium && !profile.marksOutcome && !followUpIsHidden
  }

  /// Whether a proxy may have kept an answer back, and made one of its own to tell the browser so.
  var mayBeWithheld: Bool { (request ?? preflight)?.mayBeWithheld ?? false }

  /// Whether its server may have refused the request for its method alone, and logged nothing by which it could be known.
  var mayBeRefusedUnread: Bool {
    guard request == nil, goesOn, profile.recorder == .server else { return false }
    return preflight?.request.value(.accessControlRequestMethod).map(Method.isRefusedUnread) ?? false
  }

  /// Whether a server says by its status that the client went away, and not what it answered (nginx, `NGX_HTTP_CLIENT_CLOSED_REQUEST`).
  var mayBeAbandoned: Bool {
    guard profile.recorder == .server, let exchange = request ?? preflight, exchange.status == 499 else { return false }
    return exchange.response.value(.accessControlAllowOrigin) == nil
  }

  /// Whether a page's service worker may have taken the request on, and given the page no answer: of the page's own request nothing
  /// is recorded then, and what the worker asked in its stead is another request.
  var mayBeLeftToWorker: Bool {
    // A worker gets what goes to the network alone (Fetch, 4.3 *scheme fetch*).
    guard isOfWorkersPage, request?.target?.isHTTP == true, progress == .silent, redirectCount == 0 else {
      return false
    }
    return request?.failureMark == nil || request?.failureMark == .generic
  }

  /// Whether a service worker answered some request of the page.
  var isOfWorkersPage: Bool { origin.map(capture.workerOrigins.contains) ?? false }

  var method: String { request?.method ?? preflight?.request.value(.accessControlRequestMethod) ?? "" }

  /// Whether the answer may be one to the browser's own revalidation, which is merged into the cached one before it is checked.
  ///
  /// A page that set the condition itself had to announce it, and gets the 304 as it is.
  var mayBeMerged: Bool {
    guard request?.status == 304 else { return false }
    let asked = TokenList(preflight?.request.value(.accessControlRequestHeaders))
    return !asked.containsIgnoringCase("if-none-match") && !asked.containsIgnoringCase("if-modified-since")
  }

  /// Whether Firefox may have failed it whatever its answer allows, as it does module scripts with a 204 or of another type, and
  /// what was sent with `nosniff` and another type. Logs do not tell scripts from fetches.
  var mayBeUnfit: Bool {
    guard engine ?? .firefox == .firefox, let request, request.method == "GET" else { return false }
    if isMistyped { return request.bodyWasTaken != true }
    return request.status == 204 && (request.kind == .script || profile.recorder == .server)
  }

  /// The request's answer as an engine's checks read it.
  var answer: Answer {
    var headers = request?.response ?? .nothing
    // What a 304 lacks, the cached answer may have had.
    if mayBeMerged { headers.coverage = .only([]) }
    return Answer(
      status: request?.status, headers: headers, expectedOrigin: origin,
      httpVersion: request?.httpVersion ?? .unknown, asServed: profile.recorder == .server)
  }

  /// The preflight's answer. It has to name the origin that the preflight itself carried.
  var preflightAnswer: Answer { preflightAnswer(to: engine) }

  /// The same as `reader` would have got it.
  func preflightAnswer(to reader: Engine?) -> Answer {
    // An answer that a browser makes up itself, for a host that is to be asked over https alone, is its own affair.
    let isOwn = preflight?.isSynthetic != true || reader == engine
    return Answer(
      status: isOwn ? preflight?.status : nil, headers: isOwn ? preflight?.response ?? .nothing : .nothing,
      expectedOrigin: asksOtherwise(reader) ? nil : preflight?.request.value(.origin) ?? origin,
      httpVersion: preflight?.httpVersion ?? .unknown,
      isAtHome: isAtHome, asServed: profile.recorder == .server, asked: question)
  }

  /// Whether the preflight asks the very server of the origin that it names, as redirects can lead there.
  private var isAtHome: Bool {
    guard let preflight, let origin = preflight.request.value(.origin) else { return false }
    if let target = preflight.target { return target.origin.serialized == origin }
    // Without its scheme a server is known by a port that is nobody's default: at the others one host may serve two origins.
    guard let host = preflight.request.value(.host), let own = URLRecord("https://" + host), let port = own.port,
      let page = URLRecord(origin)
    else { return false }
    return own.host == page.host && page.port == port
  }

  /// Whether the preflight may ask that server, for all that neither a scheme nor a port tells: Firefox would not read its answer then.
  var mayBeAtHome: Bool {
    guard engine ?? .firefox == .firefox, request == nil, let preflight, preflight.target == nil, !isAtHome else {
      return false
    }
    return preflight.request.value(.origin).map { LogScene.server(of: preflight, for: $0) == .own } ?? false
  }

  /// Whether `reader`'s preflight would have named another origin: after a redirect that taints the origin Firefox's still names
  /// the page (`nsCORSListenerProxy::StartCORSPreflight`), the others' `null`. Nobody knows what the server had answered.
  private func asksOtherwise(_ reader: Engine?) -> Bool {
    guard redirectCount > 0, origin == "null", let engine, let reader else { return false }
    return (engine == .firefox) != (reader == .firefox)
  }

  private var question: Answer.PreflightQuestion {
    guard let preflight else {
      return Answer.PreflightQuestion(method: method, unsafeNames: request.map(AuthorHeaders.possiblyUnsafeNames))
    }
    let names: [String]? =
      switch preflight.request.get(.accessControlRequestHeaders) {
      case .recorded(let value): TokenList(value).items.map { $0.asciiLowercased() }
      case .notRecorded, .redacted: request.map(AuthorHeaders.unsafeNames)
      }
    let recorded = preflight.request.value(.accessControlRequestMethod)
    return Answer.PreflightQuestion(method: recorded ?? request?.method, unsafeNames: names)
  }

  /// Whether its answer is a redirect, though it may not be recorded where to.
  var isRedirect: Bool {
    request?.redirectTarget != nil || isOneTooMany && request?.status.map(Redirect.isRedirectStatus) ?? false
  }

  /// Why a redirect is refused although its answer passes the CORS check; `nil` where it is none, or is followed.
  var redirectRefusal: Redirect.Refusal? {
    if isOneTooMany, isRedirect { return .tooMany }
    // Of one that is refused no browser takes the body: the page wanted it as it is, or an error.
    guard let target = request?.redirectTarget, !wasLeft, request?.bodyWasTaken != true else { return nil }
    if leavesTLS { return .mixedContent }
    // What Chromium leaves to CORS, CORS refuses where it leads, and not here: the page wanted an error.
    let isLeftToCORS = engine == .chromium && !Redirect.isUnsafeInChromium(to: target.url)
    if isLeftToCORS, target.url?.isHTTP == false, request?.failureMark == .generic { return nil }
    if let refusal = Redirect.refusal(to: target.url, count: redirectCount) { return refusal }
    // Such hops are made, and never sent: recorders that show them have the failure there. No proxy sees them.
    guard isUnfollowed || profile.recorder == .proxy && !isFollowed else { return nil }
    return target.url?.hasBadPort == true ? .badPort : nil
  }
}
