// Concrete for the two kinds of text there are: generic ones are not specialised across modules, and cost ten times as much.

extension String {
  /// Without leading and trailing HTTP whitespace: tab, line feed, carriage return, space (Fetch, *normalize a byte sequence*).
  package func trimmingHTTPWhitespace() -> Substring { self[...].trimmingHTTPWhitespace() }

  /// The same as `trimmingHTTPWhitespace`, without a copy of a text that needs none.
  package var trimmedHTTPWhitespace: String {
    guard let first = utf8.first, let last = utf8.last, first.isHTTPWhitespace || last.isHTTPWhitespace else {
      return self
    }
    return String(trimmingHTTPWhitespace())
  }

  /// With `A`–`Z` folded to lower case and nothing else changed (Infra, *ASCII lowercase*).
  package func asciiLowercased() -> String {
    utf8.contains(where: \.isASCIIUpper) ? String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self) : self
  }
}

extension Substring {
  /// Without leading and trailing HTTP whitespace.
  package func trimmingHTTPWhitespace() -> Substring {
    var bytes = utf8
    while let first = bytes.first, first.isHTTPWhitespace { bytes = bytes.dropFirst() }
    while let last = bytes.last, last.isHTTPWhitespace { bytes = bytes.dropLast() }
    return Substring(bytes)
  }

  /// With `A`–`Z` folded to lower case and nothing else changed.
  package func asciiLowercased() -> String { String(self).asciiLowercased() }
}
