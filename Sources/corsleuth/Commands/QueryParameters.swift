import ArgumentParser
import Correlator
import Queries
import Scanning

/// The values of `--param name=value`.
struct QueryParameters {
  private var values: [String: String] = [:]

  init(_ texts: [String]) throws {
    for text in texts {
      guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
        throw ValidationError("write --param name=value, not '\(text)'")
      }
      values[String(text[..<mark])] = String(text[text.index(after: mark)...])
    }
  }

  /// For a statement of one's own, which declares no kinds: a number where it reads as one.
  var cells: [String: Cell] { values.mapValues { Int64($0).map(Cell.int) ?? Double($0).map(Cell.real) ?? .text($0) } }

  /// - Throws: `ValidationError` that lists the query's parameters.
  func bindings(_ query: Query, now: Int64) throws -> [String: Query.Value] {
    do throws(QueryError) {
      return try query.bindings(values) { text in
        (try? Moment.parse(text, now: now)).map(Timestamp.iso8601(microseconds:))
      }
    } catch {
      throw ValidationError(QueryParameters.sentence(error, query))
    }
  }

  private static func sentence(_ error: QueryError, _ query: Query) -> String {
    let what =
      switch error.kind {
      case .missingParameter(let name): "needs --param \(name)=…"
      case .unknownParameter(let name): "has no parameter '\(name)'"
      case .badValue(let parameter, let text): "takes \(parameter.kind.words) for '\(parameter.name)', not '\(text)'"
      case .noSuchQuery: "is not there"
      }
    let known =
      query.parameters.isEmpty
      ? "; it has none" : "; its parameters:\n" + query.parameters.map(\.line).joined(separator: "\n")
    return "the query '\(query.name)' \(what)\(known)"
  }
}

extension Query.Parameter {
  /// As `--list` and errors show it.
  var line: String {
    let standard = standardText.map { "default \($0)" } ?? "has to be given"
    return "    --param \(name)=…  \(meaning): \(kind.words) (\(standard))"
  }
}

extension Query.Parameter.Kind {
  fileprivate var words: String {
    switch self {
    case .integer: "a whole number"
    case .number: "a number"
    case .text: "a text"
    case .time: "a time such as 2026-11-23, 2026-11-23T18:00Z or 36h"
    }
  }
}
