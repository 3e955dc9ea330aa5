/// Failures that the fields of a log cannot decide, whoever reads them, and why.
struct Undecidable {
  enum Question {
    /// Whether the request was blocked at all.
    case verdict
    /// Which of several reasons blocked it.
    case reason
  }

  let question: Question
  let why: String
  var logs: [ServerLog] = [.json, .text]
  let scenarios: [String]

  static func holds(_ question: Question, _ log: ServerLog, _ scenario: String) -> Bool {
    all.contains { $0.question == question && $0.logs.contains(log) && $0.scenarios.contains(scenario) }
  }

  static let all = [
    Undecidable(
      question: .verdict,
      why: "credentials mode: no cookie was there to travel, or none is logged, and Sec-Fetch-Storage-Access is not",
      scenarios: [
        "acac005", "acac010", "acac012", "element008", "element107", "postacao005", "xhrcred000", "xhrcred002",
        "xhrcred007", "ckpost026", "ckpost027",
      ]),
    Undecidable(
      question: .verdict, why: "the field was sent twice, and this nginx logs the first alone",
      scenarios: ["acao011", "acao012", "acao046", "acao048", "postacao017", "preacac009", "ckacao026"]),
    Undecidable(
      question: .verdict, why: "the redirect led to a server that does not write this log",
      scenarios: ["redircred010", "redircred011"]),
    Undecidable(
      question: .verdict, why: "Location is not logged", logs: [.text],
      scenarios: ["redirodd000", "redirodd001", "redirodd002", "redirodd003"]),
    Undecidable(
      question: .verdict, why: "no CORS failure: the answer was readable, and was no video", scenarios: ["element064"]),
    Undecidable(
      question: .verdict, why: "sent twice and the first alone logged, and whether a cookie travelled is not known",
      scenarios: ["ckacao052", "ckacao054"]),
    Undecidable(
      question: .reason, why: "the field was sent twice, and this nginx logs the first alone", scenarios: ["acao033"]),
    Undecidable(
      question: .reason, why: "an empty field and an absent one are logged alike", logs: [.json],
      scenarios: ["acao035", "postacao003", "ckacao015", "ckacao060", "ckacao062"]),
    Undecidable(
      question: .reason, why: "Firefox tells two fields from one with a comma, which a log may write alike",
      scenarios: ["acao049", "preacao023"]),
    Undecidable(
      question: .reason, why: "Firefox calls a preflight's redirect by another name, and Location is not logged",
      logs: [.text], scenarios: ["prestatus007", "prestatus011"]),
  ]
}
