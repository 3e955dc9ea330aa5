import Evidence

/// What a ruling rests on beside what was recorded: the inferences, and the marks that it heeds.
extension Judge {
  static func facts(_ analyses: [Analysis], _ scene: Scene, _ ruling: Ruling) -> [Fact] {
    [credentials(analyses[0], scene, ruling)].compactMap { $0 } + explanations(analyses[0], scene, ruling)
      + assumptions(scene, ruling) + redirects(analyses, scene, ruling) + answers(scene, ruling)
  }

  private static func credentials(_ first: Analysis, _ scene: Scene, _ ruling: Ruling) -> Fact? {
    if let fact = scene.credentials.fact, first.includes.allSatisfy(scene.credentials.possible.contains) {
      return fact
    }
    if first.includes.count == 1, scene.credentials.recorded == nil {
      let value =
        first.includes[0]
        ? "include: with any other the outcome would not be what was seen"
        : "not include: with any other the outcome would not be what was seen"
      return Fact("credentials mode", value, from: "inference")
    }
    return ruling.certainty == .certain ? nil : Fact("credentials mode", "not recorded", from: "inference")
  }

  /// Why it came out so, where no check says it.
  private static func explanations(_ first: Analysis, _ scene: Scene, _ ruling: Ruling) -> [Fact] {
    var facts: [Fact] = []
    if first.isUnexplained {
      facts.append(
        Fact(
          "explanation", "the recorded headers pass every check: something other than CORS failed it", from: "inference"
        ))
    } else if scene.progress == .heldBack, first.phase == .response {
      facts.append(
        Fact("explanation", "its preflight passes, so its answer was refused, and is not shown", from: "inference"))
    }
    if scene.mayBeAnsweredByProxy, ruling.reason == .didNotSucceed { facts.append(.proxyAnswer) }
    if scene.followUpIsHidden { facts.append(.followUpHidden) }
    if scene.mayBeRefusedUnread, first.phase == .response { facts.append(.refusedUnread) }
    if first.restsOnSilence {
      facts.append(Fact("no answer", "the recording does not say why", from: "inference"))
    }
    return facts
  }

  /// What is taken for granted of the browser and its page.
  private static func assumptions(_ scene: Scene, _ ruling: Ruling) -> [Fact] {
    var facts: [Fact] = []
    if mayBeSwitchedOff(scene), ruling.certainty == .inferred {
      facts.append(
        Fact("content.cors.disable", "assumed to be off: no preflight in this file shows it", from: "inference"))
    }
    if scene.mayBeRewritten, !scene.mayBeUnbound, ruling.decision == .blocked { facts.append(.assumedBound) }
    if !scene.profile.isBrowserTraffic { facts.append(.noBrowser) }
    if !scene.modeIsRecorded, ruling.certainty != .certain {
      facts.append(Fact("mode", "assumed to be cors: no sec-fetch-mode tells", from: "inference"))
    }
    return facts
  }

  private static func redirects(_ analyses: [Analysis], _ scene: Scene, _ ruling: Ruling) -> [Fact] {
    var facts: [Fact] = []
    if ruling.decision == .undetermined, scene.isUnfollowed { facts.append(.redirectUnfollowed) }
    if scene.wasLeft { facts.append(.redirectLeft) }
    if scene.isVetoed { facts.append(.redirectVetoed) }
    if scene.isUnread { facts.append(.bodyUnread) }
    if scene.isFollowed, ruling.certainty != .certain { facts.append(.redirectFollowed) }
    if scene.isOneTooMany { facts.append(.redirectsBefore) }
    if mayBeManual(scene), analyses.contains(where: { $0.outcomes.refusesRedirect }), ruling.certainty != .certain {
      facts.append(Fact("redirect mode", "assumed to be follow: nothing records it", from: "inference"))
    }
    return facts
  }

  /// What is taken for granted of the answer that was recorded.
  private static func answers(_ scene: Scene, _ ruling: Ruling) -> [Fact] {
    var facts: [Fact] = []
    if scene.mayBeMerged, ruling.certainty != .certain {
      facts.append(Fact("status", "304: what it lacks, the cached answer may have", from: "inference"))
    }
    if scene.mayBeUnfit {
      let isStyle = scene.request?.kind == .stylesheet
      facts.append(isStyle ? .mistypedStyle : scene.isMistyped ? .mistypedModule : .emptyModule)
    }
    if let place = scene.storedFrom { facts.append(.cachedAnswer(of: place)) }
    if scene.mayBeWithheld, ruling.certainty != .certain { facts.append(.mayBeWithheld) }
    if scene.mayBeAtHome { facts.append(.otherScheme) }
    facts += LogAssumptions.of(scene)
    if hidesDuplicates(scene), ruling.certainty != .certain {
      facts.append(
        Fact("access-control-allow-origin", "assumed to be sent once: this log keeps one of several", from: "inference")
      )
    }
    return facts
  }
}
