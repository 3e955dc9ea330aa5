/// Preflights and requests that are tied by some possible pair: each such island is assigned by itself.
struct Component {
  var rows: [Int] = []
  var columns: [Int] = []

  /// The islands of a matrix of gains, in the order of their first row.
  static func split(_ gains: [[Double]]) -> [Component] {
    guard let width = gains.first?.count else { return [] }
    var parent = Array(0..<(gains.count + width))
    func root(_ node: Int) -> Int {
      var node = node
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    for (row, line) in gains.enumerated() {
      for (column, gain) in line.enumerated() where gain > 0 {
        let (left, right) = (root(row), root(gains.count + column))
        if left != right { parent[max(left, right)] = min(left, right) }
      }
    }
    var islands: [Int: Component] = [:]
    for row in gains.indices { islands[root(row), default: Component()].rows.append(row) }
    for column in 0..<width {
      let top = root(gains.count + column)
      if islands[top] != nil { islands[top]?.columns.append(column) }
    }
    return islands.sorted { $0.key < $1.key }.map(\.value).filter { !$0.columns.isEmpty }
  }

  func assignment(_ gains: [[Double]]) -> [(row: Int, column: Int)] {
    let part = rows.map { row in columns.map { gains[row][$0] } }
    return Assignment.best(part).enumerated().compactMap { index, column in
      column.map { (rows[index], columns[$0]) }
    }
  }
}

/// How sure a decision is, from the gains of all that could have been decided instead.
enum Confidence {
  static func pair(_ gains: [[Double]], row: Int, column: Int) -> Double {
    let own = gains[row][column]
    let alongRow = 1 / (exp(-own) + gains[row].reduce(0) { $0 + exp($1 - own) })
    let alongColumn = 1 / (exp(-own) + gains.reduce(0) { $0 + exp($1[column] - own) })
    return min(alongRow, alongColumn)
  }

  /// How probable it is that nothing followed.
  static func alone(_ gains: [[Double]], row: Int) -> Double {
    1 / (1 + gains[row].reduce(0) { $0 + exp($1) })
  }
}
