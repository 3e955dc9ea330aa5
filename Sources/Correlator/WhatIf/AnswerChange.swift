import Evidence
import Fetch

/// A change to what servers answered: header lines set, added or removed, a status replaced, on the answers that it is meant for.
package struct AnswerChange: Equatable, Sendable {
  package enum Edit: Equatable, Sendable {
    /// Every line of this name goes.
    case remove(String)
    /// One line of this name takes the place of all.
    case set(String, String)
    /// One more line of this name.
    case add(String, String)
    case status(Int)
  }

  /// In the order in which they are made.
  package var edits: [Edit]
  package var scope: Scope

  package init(_ edits: [Edit], on scope: Scope = Scope()) {
    self.edits = edits
    self.scope = scope
  }

  /// The answer as it would have been.
  ///
  /// One that was not recorded stays so, but for what the change itself writes.
  /// Values may hold `{origin}`, `{method}` and `{headers}`: the asking origin, and what the preflight asked leave for.
  func answer(_ exchange: Exchange, to asking: Asking) -> Exchange {
    var altered = exchange
    for edit in edits { AnswerChange.make(edit, on: &altered, asking) }
    return altered
  }

  private static func make(_ edit: Edit, on exchange: inout Exchange, _ asking: Asking) {
    switch edit {
    case .status(let status): exchange.status = status
    case .remove(let name): exchange.response.remove(name)
    case .set(let name, let value):
      exchange.response.remove(name)
      exchange.response.list.append(name: name, value: asking.filled(value))
    case .add(let name, let value):
      // Beside lines that nobody recorded, one more tells nothing of what they are together.
      if let known = KnownField(name: name), exchange.response.isPresent(known) == nil { return }
      exchange.response.list.append(name: name, value: asking.filled(value))
    }
  }
}

extension AnswerChange {
  /// Which answers a change is made on; an empty list is no condition.
  package struct Scope: Equatable, Sendable {
    package enum Side: String, CaseIterable, Sendable {
      case preflight, answer
    }

    /// As reports name them; `*` stands for any run of characters.
    package var endpoints: [String] = []
    package var origins: [String] = []
    package var methods: [String] = []
    package var side: Side?

    package init(endpoints: [String] = [], origins: [String] = [], methods: [String] = [], side: Side? = nil) {
      self.endpoints = endpoints
      self.origins = origins
      self.methods = methods
      self.side = side
    }

    func holds(endpoint: String, origin: String, method: String, _ side: Side) -> Bool {
      func fits(_ patterns: [String], _ text: String) -> Bool {
        patterns.isEmpty || patterns.contains { Wildcard.matches($0, text) }
      }
      return (self.side == nil || self.side == side) && fits(endpoints, endpoint) && fits(origins, origin)
        && fits(methods, method)
    }
  }
}

/// What an answer is to: the values that a change's placeholders stand for.
struct Asking {
  var origin: String
  var method: String
  var headers: [String]

  func filled(_ value: String) -> String {
    guard value.contains("{") else { return value }
    var out = ""
    var rest = Substring(value)
    while let open = rest.firstIndex(of: "{") {
      out += rest[..<open]
      rest = rest[open...]
      guard let found = words.first(where: { rest.hasPrefix($0.name) }) else {
        out.append(rest.removeFirst())
        continue
      }
      out += found.value
      rest = rest.dropFirst(found.name.count)
    }
    return out + rest
  }

  private var words: [(name: String, value: String)] {
    [("{origin}", origin), ("{method}", method), ("{headers}", headers.joined(separator: ", "))]
  }
}

extension HeaderRecord {
  /// From now on known to be absent.
  fileprivate mutating func remove(_ name: String) {
    let wanted = name.asciiLowercased()
    list.fields.removeAll { $0.name.asciiLowercased() == wanted }
    guard let known = KnownField(name: name) else { return }
    redacted.rawValue &= ~FieldSet(known).rawValue
    if case .only(var fields) = coverage {
      fields.insert(known)
      coverage = .only(fields)
    }
  }
}

/// Patterns in which `*` stands for any run of characters.
enum Wildcard {
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == text }
    guard text.hasPrefix(first), text.utf8.count >= first.utf8.count + last.utf8.count, text.hasSuffix(last) else {
      return false
    }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
