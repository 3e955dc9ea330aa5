import Correlator
import Words

/// What came of trying a fix: `fix_check` of a problem, where it was tried.
enum FixCheckJSON {
  static func value(_ check: FixCheck) -> JSONValue {
    .object([
      ("conclusion", .string(key(check.conclusion))), ("sentence", JSONValue(FixCheckWords.sentence(check)?.english)),
      ("steps", .array(check.steps.map(step))),
    ])
  }

  private static func step(_ step: FixCheck.Step) -> JSONValue {
    .object([
      ("reason", .string(step.reason.rawValue)), ("phase", JSONValue(step.phase?.rawValue)),
      ("change", WhatIfJSON.change(step.change)),
    ])
  }

  /// Stable names.
  private static func key(_ conclusion: FixCheck.Conclusion) -> String {
    switch conclusion {
    case .passes: "passes"
    case .passesWithoutCredentials: "passes-without-credentials"
    case .passesSoFar: "passes-so-far"
    case .fails: "fails"
    case .open: "open"
    case .notChecked: "not-checked"
    }
  }
}
