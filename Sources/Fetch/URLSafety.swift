extension URLRecord {
  /// Whether browsers connect to no such port (Fetch, *port blocking*).
  package var hasBadPort: Bool { port.map(URLRecord.badPorts.contains) ?? false }

  private static let badPorts: Set<UInt16> = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  ]
}

extension URLRecord {
  /// Whether what comes from here counts as secure: over TLS, or from this machine (Secure Contexts, *is origin potentially trustworthy*).
  package var isPotentiallyTrustworthy: Bool {
    scheme == "https" || scheme == "wss" || isOnThisMachine
  }

  /// Whether the host is the machine that asks: `localhost`, or a loopback address.
  package var isOnThisMachine: Bool {
    guard let host else { return false }
    if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    // Names may begin alike: 127.0.0.1.example.com.
    return host.hasPrefix("127.") && host.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
  }
}
