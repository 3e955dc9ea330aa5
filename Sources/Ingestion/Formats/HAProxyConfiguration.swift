import Fetch

/// Reads which headers an HAProxy configuration captures: in the log they have no names.
package struct HAProxyConfiguration {
  /// The format of each section that captures headers, in the order of the file.
  package private(set) var formats: [LogFormat] = []
  private var request: [String] = []
  private var response: [String] = []
  private static let sections: Set<Substring> = ["frontend", "listen", "backend", "defaults", "global"]

  package init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split { $0 == " " || $0 == "\t" }.prefix { !$0.hasPrefix("#") }
      guard let first = words.first else { continue }
      if HAProxyConfiguration.sections.contains(first) { endSection() } else { take(Array(words)) }
    }
    endSection()
  }

  private mutating func take(_ words: [Substring]) {
    if words.count >= 4, words[0] == "capture", words[2] == "header" {
      add(String(words[3]), to: words[1])
    } else if words.count >= 3, words[0] == "declare", words[1] == "capture" {
      // A slot that is declared without a header is filled by a rule elsewhere.
      add("-", to: words[2])
    } else if words.count >= 3, words[1] == "capture", words[0] == "http-request", words.contains("len") {
      request.append(HAProxyConfiguration.headerName(in: words[2]))
    }
  }

  private mutating func add(_ name: String, to side: Substring) {
    if side == "request" { request.append(name) } else { response.append(name) }
  }

  /// `req.hdr(Origin)` → `Origin`.
  private static func headerName(in sample: Substring) -> String {
    guard let open = sample.firstIndex(of: "("), sample[..<open].contains("hdr") else { return "-" }
    return String(sample[sample.index(after: open)...].prefix { $0 != ")" && $0 != "," })
  }

  private mutating func endSection() {
    if !request.isEmpty || !response.isEmpty {
      let format = LogFormat.haproxy(requestNames: request, responseNames: response)
      formats += [format, format.withHandshake]
    }
    (request, response) = ([], [])
  }
}
