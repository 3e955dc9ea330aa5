import Scanning

// Spans cannot pass through the testing macros: these take text.

func iso8601(_ text: String) -> Timestamp? { Timestamp(iso8601: text.utf8.span) }

func number(_ text: String) -> Double? { JSONScalar.number(text.utf8.span, 0..<text.utf8.count) }

/// Where the two scans find a quote or a backslash, and whether the first saw a byte above 127 before it.
func quoteScans(_ bytes: [UInt8]) -> (kept: Int, skipped: Int, isASCII: Bool) {
  var high: UInt64 = 0
  let kept = Words.quoteOrBackslash(bytes.span, from: 0, highBits: &high)
  return (kept, Words.skipToQuoteOrBackslash(bytes.span, from: 0), high & 0x8080_8080_8080_8080 == 0)
}

extension TextCache {
  mutating func remember(_ text: String) -> (text: String, isNew: Bool) {
    let found = self.text(text.utf8.span, 0..<text.utf8.count)
    return (found.text, found.isNew)
  }
}
