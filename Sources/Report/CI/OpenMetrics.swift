import Correlator

/// The exposition format of OpenMetrics 1.0: gauges, since a store can be counted again and hold less.
enum OpenMetrics {
  static func exposition(_ findings: Findings) -> String {
    var text = family("corsleuth_requests", "Requests judged under CORS, by verdict.")
    for (verdict, count) in [
      ("blocked", findings.blocked), ("allowed", findings.allowed), ("undetermined", findings.undetermined),
    ] {
      text += sample("corsleuth_requests", [("verdict", verdict)], count)
    }
    text += family("corsleuth_reason_failures", "Blocked requests, by the browser's reason.")
    for group in findings.byCause {
      text += sample("corsleuth_reason_failures", [("reason", group.key)], group.failures)
    }
    let problems = summed(findings.problems)
    text += family("corsleuth_problem_failures", "Blocked requests, by who asked what of whom and why it failed.")
    for (identity, counts) in problems {
      text += sample("corsleuth_problem_failures", labels(identity), counts.failures)
    }
    text += family("corsleuth_problem_clients", "Clients among the blocked requests of a problem.")
    for (identity, counts) in problems {
      text += sample("corsleuth_problem_clients", labels(identity), counts.clients)
    }
    text += family("corsleuth_problems_left_out", "Problems that have no samples here.")
    text += sample("corsleuth_problems_left_out", [], findings.problemsLeftOut)
    if let last = findings.lastSeen {
      let name = "corsleuth_last_request_timestamp_seconds"
      text += "# TYPE \(name) gauge\n# UNIT \(name) seconds\n# HELP \(name) When the last judged request began.\n"
      text += "\(name) \(seconds(last))\n"
    }
    return text + "# EOF\n"
  }

  private struct Counts {
    var failures = 0
    var clients = 0
  }

  /// Problems that differ in phase or root cause alone have the same labels, and a sample may not occur twice.
  private static func summed(_ problems: [Findings.Problem]) -> [(ProblemIdentity, Counts)] {
    var counts: [ProblemIdentity: Counts] = [:]
    for problem in problems {
      counts[problem.identity, default: Counts()].failures += problem.failures
      counts[problem.identity]?.clients += problem.clients
    }
    return counts.sorted { $0.key < $1.key }
  }

  private static func labels(_ identity: ProblemIdentity) -> [(String, String)] {
    [
      ("origin", identity.origin), ("endpoint", identity.endpoint), ("method", identity.method),
      ("reason", identity.reason),
    ]
  }

  private static func family(_ name: String, _ help: String) -> String {
    "# TYPE \(name) gauge\n# HELP \(name) \(help)\n"
  }

  private static func sample(_ name: String, _ labels: [(String, String)], _ value: Int) -> String {
    let set = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
    return name + (set.isEmpty ? "" : "{\(set)}") + " \(value)\n"
  }

  /// `1767312000.25`, from microseconds.
  private static func seconds(_ microseconds: Int64) -> String {
    let fraction = String(microseconds.magnitude % 1_000_000)
    let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
    return "\(microseconds < 0 ? "-" : "")\(microseconds.magnitude / 1_000_000).\(padded)"
  }

  /// A label's value: backslash, quote and line feed are escaped; other controls are made visible first.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in VisibleText.escaped(text).unicodeScalars {
      switch character {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }
}
