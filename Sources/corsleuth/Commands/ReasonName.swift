import ArgumentParser
import Correlator

/// Reasons as users name them: in any case, with or without `CORS`.
enum ReasonName {
  static func parse(_ text: String) throws -> ReasonKey {
    if let key = find(text) { return key }
    throw ValidationError("'\(text)' is no reason; 'corsleuth explain' lists them")
  }

  static func find(_ text: String) -> ReasonKey? {
    let wanted = text.lowercased()
    return ReasonKey.allCases.first {
      $0.rawValue.lowercased() == wanted || $0.rawValue.lowercased() == "cors" + wanted
    }
  }
}
