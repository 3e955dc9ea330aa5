import Evidence
import Fetch

/// Rulings that no check of headers makes.
extension Judge {
  /// A scheme that CORS does not know, and refusals that are none of its business.
  static func outsideCORS(_ scene: Scene) -> Ruling? {
    guard let request = scene.request else { return scene.preflight?.isPending == true ? underWay : nil }
    if let url = request.target, !url.isHTTP {
      var ruling = Ruling(.blocked, phase: .request, certainty: .certain)
      ruling.reason = .requestNotHttp
      // Only the generic mark is CORS' own; an empty one is an earlier rule's, against local files and browser pages. What the page
      // holds itself fails of itself as well: a blob that is gone.
      if request.failureMark == .generic, url.scheme != "blob", url.scheme != "data" {
        ruling.chromiumError = .corsDisabledScheme
      } else {
        ruling.certainty = .inferred
      }
      ruling.facts = [Fact("scheme", url.scheme, from: "request URL")]
      return ruling
    }
    switch request.failureMark {
    case .policy: return refusedElsewhere(request, phase: .request)
    case .aborted where !request.wasAnswered: return refusedElsewhere(request, phase: nil)
    // The page's policy forbids where it leads, or it was left: one that is wanted unfollowed has the mark at the next hop.
    case .aborted where request.redirectTarget != nil: return refusedElsewhere(request, phase: .redirect)
    default: break
    }
    if scene.isRefusedUnsent || scene.forbiddingDirective != nil {
      return refusedElsewhere(request, phase: request.wasAnswered ? .redirect : .request)
    }
    if request.isPending { return underWay }
    if request.servedByServiceWorker {
      var ruling = Ruling(
        request.outcome == .succeeded ? .allowed : .undetermined, phase: .response, certainty: .inferred)
      ruling.facts = [Fact("service worker", "answered it: its answers are not checked", from: "exporter")]
      return ruling
    }
    return nil
  }

  private static var underWay: Ruling {
    var ruling = Ruling(.undetermined, phase: nil, certainty: .possible)
    ruling.facts = [Fact("answer", "none yet: the request was under way when the recording ended", from: "exporter")]
    return ruling
  }

  private static func refusedElsewhere(_ request: Exchange, phase: Verdict.Phase?) -> Ruling {
    var ruling = Ruling(.undetermined, phase: phase, certainty: .possible)
    let text =
      request.failureText.flatMap { $0.isEmpty ? nil : $0 } ?? "refused by a policy that the export does not name"
    ruling.facts = [
      Fact("failure", text, from: "exporter"), Fact("explanation", "CORS did not decide it", from: "exporter"),
    ]
    return ruling
  }

  /// Something other than CORS may have decided: what CORS makes of it is then no more than possible, and so is `other`.
  static func leftOpen(_ ruling: Ruling, by fact: Fact, or other: ReasonKey? = nil) -> Ruling {
    var open = Ruling(.undetermined, phase: ruling.phase, certainty: .possible)
    open.candidates = ruling.candidates.isEmpty ? [ruling.reason].compactMap { $0 } : ruling.candidates
    if let other, !open.candidates.contains(other) { open.candidates.append(other) }
    open.includes = ruling.includes
    open.facts = ruling.facts + [fact]
    return open
  }

  /// Firefox with `content.cors.disable`: every cross-origin request under CORS is refused.
  static func disabled(_ scene: Scene) -> Ruling {
    let analysis = { (engine: Engine) in Analysis(scene, by: engine, observing: false) }
    var ruling = Ruling(.blocked, phase: scene.progress == .answered ? .response : .request, certainty: .inferred)
    ruling.reason = .disabled
    ruling.engines.chromium = scene.progress == .answered ? analysis(.chromium).outcomes.decision : .undetermined
    ruling.engines.webkit = scene.progress == .answered ? analysis(.webkit).outcomes.decision : .undetermined
    if ruling.engines.chromium == .blocked {
      ruling.chromiumError = analysis(.chromium).likeliest?.chromiumError
    }
    ruling.facts = [
      Fact(
        "content.cors.disable", "on: requests that need a preflight were refused, and none was made", from: "inference")
    ]
    return ruling
  }

  /// A CORS request that went out without `Origin`: no answer can name an origin that was not sent.
  static func withoutOrigin(_ scene: Scene) -> Ruling? {
    guard let request = scene.request, scene.preflight == nil, request.delivery == .sent,
      request.request.isPresent(.origin) == false, request.outcome != .succeeded
    else { return nil }
    if request.outcome == .notMarked {
      // Unmarked, the answer itself has to show that it was refused.
      guard request.wasAnswered, request.request.value(.secFetchMode) == "cors",
        !Analysis(scene, by: scene.engine ?? .firefox).outcomes.canPass
      else { return nil }
    } else if request.failureMark != .generic {
      return nil
    }
    var ruling = Ruling(.blocked, phase: .response, certainty: .inferred)
    ruling.reason = .originHeaderNotAdded
    ruling.facts = [Fact("origin", "(not sent)", from: "request headers as sent")]
    return ruling
  }

  /// The exporter kept the browser's own words, which can stand for these reasons.
  static func spoken(_ scene: Scene, _ reasons: [ReasonKey]) -> Ruling {
    var ruling: Ruling
    if reasons.count == 1, let reason = reasons.first {
      ruling = Ruling(.blocked, phase: phase(of: reason, scene), certainty: .certain)
      ruling.reason = reason
    } else {
      var unmarked = scene
      unmarked.request?.outcome = .failed("net::ERR_FAILED")
      ruling = rule(on: unmarked)
      let left = ruling.candidates.filter(reasons.contains)
      if ruling.decision == .blocked, let likeliest = left.first {
        ruling.reason = likeliest
        ruling.candidates = left.count > 1 ? left : []
        if left.count == 1 { ruling.certainty = .inferred }
      }
    }
    ruling.facts.append(Fact("failure", scene.request?.failureText ?? "", from: "exporter"))
    return ruling
  }

  /// Where a refusal that was not recorded can have been made: at the preflight only if there was one.
  private static func phase(of reason: ReasonKey, _ scene: Scene) -> Verdict.Phase {
    guard let request = scene.request, request.status == nil else { return .response }
    switch reason {
    case .missingAllowOrigin, .allowOriginNotMatchingOrigin, .multipleAllowOriginNotAllowed, .notSupportingCredentials,
      .missingAllowCredentials:
      return scene.preflight != nil || AuthorHeaders.needsPreflight(request) ? .preflight : .response
    default: return .preflight
    }
  }
}
