/// Redirects (Fetch, 4.5 *HTTP-redirect fetch* and 2.2.5 *redirect-taint*).
package enum Redirect {
  /// How many redirects a fetch follows; the next one is a network error.
  package static let limit = 20

  package static func isRedirectStatus(_ status: Int) -> Bool {
    switch status {
    case 301, 302, 303, 307, 308: true
    default: false
    }
  }

  /// The origin a request sends at the end of this list of URLs: `null` once a redirect crossed origins away from the page's.
  package static func serializedOrigin(of page: Origin, urls: [URLRecord]) -> String {
    for (last, current) in zip(urls, urls.dropFirst())
    where !current.origin.isSameOrigin(as: last.origin) && !page.isSameOrigin(as: last.origin) {
      return "null"
    }
    return page.serialized
  }

  /// The method after a redirect of this status.
  package static func method(after status: Int, _ method: String) -> String {
    if status == 303 { return method == "HEAD" ? method : "GET" }
    return (status == 301 || status == 302) && method == "POST" ? "GET" : method
  }

  /// Why a redirect is refused after its CORS check passed.
  package enum Refusal: Equatable, Sendable {
    case unparsableLocation, schemeNotHTTP, containsCredentials, tooMany, badPort, mixedContent
  }

  /// Steps 4 to 9 of HTTP-redirect fetch for a request whose response tainting is `cors`; `nil` where the redirect is followed.
  package static func refusal(to location: URLRecord?, count: Int) -> Refusal? {
    guard let location else { return .unparsableLocation }
    guard location.isHTTP else { return .schemeNotHTTP }
    if count >= limit { return .tooMany }
    // Step 9, whatever the target's origin: step 8 spares the page's own, and is for a request that has not left it.
    return location.hasCredentials ? .containsCredentials : nil
  }

  /// Whether Firefox can open no channel to a redirect's target, or lets none be opened from the Web: it fails before anybody looks
  /// at the answer's headers. Schemes that it does not know, it hands to the system, and gets as far as CORS.
  package static func failsInFirefoxUnread(to location: URLRecord?) -> Bool {
    switch location?.scheme {
    case nil, "data", "blob", "file", "javascript", "chrome", "resource", "moz-extension", "view-source", "ws", "wss":
      true
    default: false
    }
  }

  /// Whether Chromium's network refuses a redirect to this target itself, before CORS is asked (`IsSafeRedirectTarget`).
  package static func isUnsafeInChromium(to location: URLRecord?) -> Bool {
    switch location?.scheme {
    case nil, "about", "blob", "chrome", "chrome-extension", "chrome-untrusted", "data", "devtools", "file",
      "filesystem":
      true
    default: false
    }
  }
}
