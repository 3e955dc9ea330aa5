import ArgumentParser
import Correlator
import Fetch

/// What `whatif` changes, and on which answers.
struct WhatIfChangeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Send this header once, whatever was sent. May be repeated.", valueName: "name: value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Send one more line of this header. May be repeated.", valueName: "name: value"))
  var add: [String] = []

  @Option(help: ArgumentHelp("Do not send this header. May be repeated.", valueName: "name"))
  var remove: [String] = []

  @Option(help: ArgumentHelp("Answer with this status.", valueName: "code"))
  var status: Int?

  @Option(
    help: ArgumentHelp(
      "Change only some answers: preflight, answer, endpoint=…, origin=… or method=…; '*' stands for anything. May be repeated.",
      valueName: "answers"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Make the catalogue's change for this reason, or all that one problem needs, by its number. May be repeated.",
      valueName: "reason|problem"))
  var fix: [String] = []

  func validate() throws {
    if set.isEmpty, add.isEmpty, remove.isEmpty, status == nil, fix.isEmpty {
      throw ValidationError("say what to change: --set, --add, --remove, --status or --fix")
    }
    for text in set + add {
      guard let field = WhatIfChangeOptions.field(text), !field.name.isEmpty,
        field.name.utf8.allSatisfy(\.isTokenByte), !field.value.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D })
      else {
        throw ValidationError("'\(text)' is no header; write 'Access-Control-Allow-Origin: {origin}'")
      }
    }
    for name in remove where name.isEmpty || !name.utf8.allSatisfy(\.isTokenByte) {
      throw ValidationError("'\(name)' is no header's name")
    }
    if let status, !(100...599).contains(status) { throw ValidationError("--status takes a number from 100 to 599") }
    _ = try scope()
    for text in fix where ReasonName.find(text) == nil && !WhatIfChangeOptions.isProblem(text) {
      throw ValidationError(
        "'\(text)' is neither a reason ('corsleuth explain' lists them) nor a problem's number of 16 digits")
    }
  }

  /// Whether `--fix` names this failure.
  func fixes(_ verdict: Verdict) -> Bool {
    guard verdict.decision == .blocked, !fix.isEmpty else { return false }
    return namesReason(of: verdict) || fix.contains { $0.lowercased() == ProblemIdentity(verdict).id }
  }

  private func namesReason(of verdict: Verdict) -> Bool {
    fix.contains { ReasonName.find($0).map { $0 == verdict.reason } ?? false }
  }

  /// The changes that the options name, and those that mend these failures.
  ///
  /// `--only` narrows what `--set` and its like are made on; a fix has its own place. Of a reason it is one step, of a problem
  /// all that the report's fix takes.
  func changes(mending failures: [JudgedRequest], elsewhere: Elsewhere) throws -> [AnswerChange] {
    let own = edits.isEmpty ? [] : [AnswerChange(edits, on: try scope())]
    let fixes = failures.flatMap { failure in
      let step = Remedy.change(for: failure).map { [$0] } ?? []
      if namesReason(of: failure.verdict) { return step }
      let steps = FixCheck.check(failure, elsewhere: elsewhere).steps
      return steps.isEmpty ? step : steps.map(\.change)
    }
    return Remedy.merged(fixes) + own
  }

  private var edits: [AnswerChange.Edit] {
    let fields = { (texts: [String]) in texts.compactMap(WhatIfChangeOptions.field) }
    return remove.map { .remove($0) } + fields(set).map { .set($0.name, $0.value) }
      + fields(add).map { .add($0.name, $0.value) } + (status.map { [.status($0)] } ?? [])
  }

  private func scope() throws -> AnswerChange.Scope {
    var scope = AnswerChange.Scope()
    let words = only.flatMap { $0.split(separator: ",").map(String.init) }
    // A variable that was forgotten must not change every answer.
    if !only.isEmpty, words.isEmpty { throw ValidationError("--only names nothing") }
    for word in words {
      if let side = AnswerChange.Scope.Side(rawValue: word) {
        scope.side = side
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw ValidationError("'\(word)' names no answers; write preflight, answer, endpoint=…, origin=… or method=…")
      }
      switch parts[0] {
      case "endpoint": scope.endpoints.append(parts[1])
      case "origin": scope.origins.append(parts[1])
      case "method": scope.methods.append(parts[1])
      default: throw ValidationError("answers are chosen by endpoint, origin or method, not by '\(parts[0])'")
      }
    }
    return scope
  }

  private static func field(_ text: String) -> (name: String, value: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let value = text[text.index(after: colon)...].trimmingHTTPWhitespace()
    return (String(text[..<colon].trimmingHTTPWhitespace()), String(value))
  }

  private static func isProblem(_ text: String) -> Bool {
    text.utf8.count == 16 && text.utf8.allSatisfy(\.isASCIIHexDigit)
  }
}
