/// The probabilities of possible pairs by counting every set of them: for few preflights, which is what nearly all groups have.
///
/// Belief propagation picks the likelier of two ways to cross two pairs as if nothing spoke for the other one.
enum ExactMatching {
  /// So many rows are counted out: the work doubles with each.
  static let mostRows = 5

  /// The probability of each pair.
  static func probabilities(_ pairs: [Matching.Pair], rows: Int, columns: Int) -> [Double] {
    var ofColumn = [[Int]](repeating: [], count: columns)
    for (index, pair) in pairs.enumerated() { ofColumn[pair.column].append(index) }
    ofColumn.removeAll { $0.isEmpty }
    // By the set of rows that have a request among the first columns, as bits: the sum of the weights of all ways to it.
    let start = (0..<1 << rows).map { $0 == 0 ? 1.0 : 0 }
    var ways = [start]
    for column in ofColumn {
      let before = ways[ways.count - 1]
      var after = before
      for index in column {
        let bit = 1 << pairs[index].row
        for set in before.indices where set & bit == 0 { after[set | bit] += before[set] * pairs[index].weight }
      }
      ways.append(after)
    }
    // The same for all ways that go on from it.
    var onward = [Double](repeating: 1, count: 1 << rows)
    var result = [Double](repeating: 0, count: pairs.count)
    let all = ways[ways.count - 1].reduce(0, +)
    for (column, before) in zip(ofColumn, ways).reversed() {
      var earlier = onward
      for index in column {
        let (bit, weight) = (1 << pairs[index].row, pairs[index].weight)
        for set in before.indices where set & bit == 0 {
          result[index] += before[set] * weight * onward[set | bit] / all
          earlier[set] += weight * onward[set | bit]
        }
      }
      onward = earlier
    }
    return result
  }
}
