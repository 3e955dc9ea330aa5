import Evidence

/// What a ruling takes for granted, or reads between the lines, in the words of its evidence.
extension Fact {
  /// Why a redirect that passes is left open.
  static let redirectUnfollowed = Fact(
    "redirect mode", "not recorded: the redirect passes, and was not followed", from: "inference")

  /// Where a refused answer is taken from that the recording does not show.
  static func cachedAnswer(of place: Locator) -> Fact {
    Fact(
      "answer", "not shown, as are those out of the cache: taken for the one to entry \(place.entry)", from: "inference"
    )
  }

  /// What the browser may have got where a proxy shows no answer.
  static let proxyAnswer = Fact(
    "answer", "none came from the server: the proxy's own to the browser has no CORS headers", from: "inference")

  static let clientGone = Fact(
    "status", "499: nginx's word for a client that was gone before the answer", from: "inference")

  static let mayHavePermission = Fact(
    "origin", "an extension's: one that has a permission for the host is not bound by CORS", from: "inference")

  static let mayBeUnbound = Fact(
    "origin", "an app's own page: whether its shell binds it to CORS is not recorded", from: "inference")

  /// Whose verdict it is where none was bound to make it.
  static let noBrowser = Fact(
    "client", "no browser, as its exporter says: what one would have decided", from: "inference")

  /// What is assumed of an app's page.
  static let assumedBound = Fact(
    "origin", "an app's own page: assumed to be bound by CORS like a website's", from: "inference")

  /// Why an answer may not be the one that CORS looked at.
  static let mayBeAskedAgain = Fact(
    "status", "one after which browsers ask again before CORS looks: the last answer may be another",
    from: "inference")

  /// Why a POST with an origin may be nobody's to refuse.
  static let mayBeOutsideCORS = Fact(
    "mode", "not recorded: a form, a beacon or a no-cors fetch sends such a POST too, and needs no leave",
    from: "inference")

  static let leftToWorker = Fact(
    "service worker", "answers for this page: what it asked in the request's stead, or made of it, decided",
    from: "inference")

  /// What is assumed of a server that has the page's host, and of which no more is logged.
  static let otherScheme = Fact(
    "target", "taken for another origin than the page's: neither scheme nor port is logged", from: "inference")

  /// What is assumed of a script without content.
  static let emptyModule = Fact("script", "assumed to be no module: in Firefox one with a 204 fails", from: "inference")

  /// What is assumed of a script whose answer has another type.
  static let mistypedModule = Fact(
    "script", "assumed to be no module: Firefox fails one that is not JavaScript unread", from: "inference")

  /// Why an answer may not be the one that the browser got.
  static let mayBeWithheld = Fact(
    "body", "announced, and not in the file: the proxy may have kept the answer back", from: "inference")

  /// What tells of a redirect that it was one too many.
  static let redirectsBefore = Fact(
    "redirects", "20 before it, each followed at once by the same client: no browser follows more", from: "inference")

  /// What is assumed of a style sheet whose answer has another type.
  static let mistypedStyle = Fact(
    "style sheet", "assumed to be sent without nosniff: Firefox fails one that is not CSS unread", from: "inference")

  /// What tells that a browser gave an answer up.
  static let bodyUnread = Fact(
    "body", "announced, and none of it taken: the answer was refused, or given up", from: "exporter")

  /// What tells of a redirect that it passed.
  static let redirectFollowed = Fact("next hop", "sent, or asked leave to be: the redirect passed", from: "inference")

  /// What tells that a page wanted a redirect as it is.
  static let redirectLeft = Fact(
    "redirect mode", "manual: the next hop was given up before it was sent", from: "exporter")

  /// Why a request is not in the log although its preflight passes.
  static let refusedUnread = Fact(
    "follow-up", "none is logged: nginx and its like refuse a method that is not in capitals, fields unread",
    from: "inference")

  /// Why nothing is concluded from a preflight without its request.
  static let followUpHidden = Fact(
    "follow-up", "not in the file, and this recorder shows those that were held back: a filter hid it",
    from: "inference")

  /// What tells of a redirect that it was refused.
  static let redirectVetoed = Fact("next hop", "made, and never sent: the redirect was refused", from: "inference")
}
