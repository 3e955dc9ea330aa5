import Evidence

extension HARDialect {
  static let unknown = HARDialect(
    family: .unknown, creators: [], recorder: .unknown, engine: nil,
    blindSpots: [
      "The exporter is unknown: whether it marks failures, or leaves some requests out, cannot be told."
    ])

  /// In the order in which they are tried.
  static let catalogue: [HARDialect] = [
    HARDialect(
      family: .proxy,
      creators: [
        "charles", "fiddler", "proxyman", "http toolkit", "browsermob", "browserup", "owasp zap", "zap", "burp",
      ], recorder: .proxy, engine: nil, blindSpots: proxyBlindSpots),
    HARDialect(
      family: .proxy, creators: ["mitmproxy", "har_dump"], recorder: .proxy, engine: nil, withholdsBroken: true,
      blindSpots: proxyBlindSpots),
    HARDialect(
      family: .safari, creators: ["webkit web inspector"], recorder: .webkit, engine: .webkit, recordsPreflights: false,
      duplicates: .joined,
      blindSpots: [
        "Safari exports finished loads only: a request that failed or was blocked by CORS is not in the file.",
        "Safari exports no preflights, and joins fields that were sent more than once.",
      ]),
    HARDialect(
      family: .playwright, creators: ["playwright"], recorder: .unknown, engine: nil, marksOutcome: true,
      recordsPreflights: false,
      blindSpots: [
        "Playwright never records preflights.",
        "The answer to a request that was blocked is not recorded, and with routes active Playwright answers preflights itself.",
      ]),
    HARDialect(
      family: .firefox, creators: ["firefox", "firebug"], recorder: .firefox, engine: .firefox,
      blindSpots: [
        "Firefox marks no failure: blocked by CORS, by an extension, by mixed content, or no answer all look alike.",
        "Firefox does not say what kind of request an entry was, nor which script began it.",
      ]),
    HARDialect(
      family: .chromeHAR, creators: ["chrome-har", "browsertime", "sitespeed", "puppeteer-har", "chrome har capturer"],
      recorder: .chromium, engine: .chromium,
      blindSpots: [
        "This exporter leaves out requests that failed: one blocked by CORS is not in the file.",
        "It lists preflights only where the browser reported them.",
      ]),
    HARDialect(
      family: .webPageTest, creators: ["webpagetest"], recorder: .chromium, engine: nil,
      blindSpots: ["WebPageTest does not mark which failures the browser's own checks caused."]),
    HARDialect(
      family: .splash, creators: ["splash"], recorder: .webkit, engine: .webkit,
      blindSpots: ["Splash is an old WebKit without Fetch Metadata, and marks no failures."]),
    HARDialect(
      family: .devTools, creators: ["webinspector"], recorder: .chromium, engine: .chromium, marksOutcome: true,
      blindSpots: [
        "DevTools exports finished requests only: pending ones, and those before it was opened, are not in the file.",
        "An export of a filtered list lacks what the filter hid: preflights are hidden by the Fetch/XHR filter.",
        "A preflight that the preflight cache made unnecessary has no entry.",
      ]),
    HARDialect(
      family: .apiClient,
      creators: [
        "insomnia", "advanced rest client", "polly.js", "optic", "capture-har", "postman", "paw", "k6", "har-to-k6",
        "httpie", "bruno", "hoppscotch", "kong", "selenium.harcapture",
      ], recorder: .unknown, engine: nil, recordsPreflights: false, isBrowserTraffic: false,
      blindSpots: ["This exporter is no browser: nothing enforced CORS, verdicts say what a browser would have done."]),
  ]

  private static let proxyBlindSpots: [String] = [
    "A proxy sees what crossed the network, not what the browser let the page see: no failure is marked.",
    "Traffic of programs that are no browsers is mixed in.",
  ]

  static let sanitizedBlindSpot = """
    Cookies and Authorization are not in the file (DevTools removes them from a sanitised export): over HTTP/2 it cannot \
    be told whether credentials were sent.
    """
}
