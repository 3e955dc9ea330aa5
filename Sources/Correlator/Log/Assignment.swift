/// The assignment that gains most in all (Kuhn and Munkres), where rows and columns may stay alone at no gain.
enum Assignment {
  /// `gains[row][column]`; a pair that gains nothing is never made. Answers each row's column.
  static func best(_ gains: [[Double]]) -> [Int?] {
    let rows = gains.count
    guard let columns = gains.first?.count, columns > 0 else { return gains.map { _ in nil } }
    // One column of its own, at no gain, for each row that stays alone.
    let width = columns + rows
    func cost(_ row: Int, _ column: Int) -> Double {
      column < columns ? -max(0, gains[row][column]) : 0
    }
    var rowPotential = [Double](repeating: 0, count: rows + 1)
    var columnPotential = [Double](repeating: 0, count: width + 1)
    var match = [Int](repeating: 0, count: width + 1)
    var way = [Int](repeating: 0, count: width + 1)
    for row in 1...rows {
      match[0] = row
      var column = 0
      var least = [Double](repeating: .infinity, count: width + 1)
      var used = [Bool](repeating: false, count: width + 1)
      repeat {
        used[column] = true
        let current = match[column]
        var delta = Double.infinity
        var next = 0
        for candidate in 1...width where !used[candidate] {
          let reduced = cost(current - 1, candidate - 1) - rowPotential[current] - columnPotential[candidate]
          if reduced < least[candidate] {
            least[candidate] = reduced
            way[candidate] = column
          }
          if least[candidate] < delta {
            delta = least[candidate]
            next = candidate
          }
        }
        for candidate in 0...width {
          if used[candidate] {
            rowPotential[match[candidate]] += delta
            columnPotential[candidate] -= delta
          } else {
            least[candidate] -= delta
          }
        }
        column = next
      } while match[column] != 0
      repeat {
        let before = way[column]
        match[column] = match[before]
        column = before
      } while column != 0
    }
    var result = [Int?](repeating: nil, count: rows)
    for column in 1...columns where match[column] > 0 && gains[match[column] - 1][column - 1] > 0 {
      result[match[column] - 1] = column - 1
    }
    return result
  }
}
