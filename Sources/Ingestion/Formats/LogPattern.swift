/// A text line as literals and fields.
package struct LogPattern: Sendable, Equatable {
  package enum Piece: Sendable, Equatable {
    case literal(String)
    case field(LogField)

    package var field: LogField? { if case .field(let field) = self { field } else { nil } }
  }

  /// What may follow the last piece.
  package enum Tail: Sendable {
    /// Nothing.
    case nothing
    /// Anything; `name=value` and `name="value"` pairs are read by their names.
    case pairs
  }

  package var pieces: [Piece]
  package var tail: Tail

  package init(pieces: [Piece], tail: Tail = .nothing) {
    self.pieces = LogPattern.normalised(pieces)
    self.tail = tail
  }

  /// Reads the catalogue's notation: `<client> - <-> [<time>] "<request>" <status>`; `<...>` at the end allows pairs.
  package init(_ notation: String) {
    var pieces: [Piece] = []
    var rest = Substring(notation)
    var tail = Tail.nothing
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
      let name = String(rest[rest.index(after: open)..<close])
      if name == "..." { tail = .pairs } else { pieces.append(.field(LogField(named: name) ?? .ignored)) }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.literal(String(rest))) }
    self.init(pieces: pieces, tail: tail)
  }

  /// Joins neighbouring literals, and a path with the query that follows it at once.
  private static func normalised(_ pieces: [Piece]) -> [Piece] {
    var result: [Piece] = []
    for piece in pieces {
      switch (result.last, piece) {
      case (.literal(let before), .literal(let text)): result[result.count - 1] = .literal(before + text)
      case (.field(.path), .field(.query)): result[result.count - 1] = .field(.target)
      default: result.append(piece)
      }
    }
    return result
  }
}
