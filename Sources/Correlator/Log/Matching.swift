/// How probable each possible pair is, when each preflight and each request is of one pair at most.
///
/// The weights of pairs make every possible set of them so and so likely (a monomer-dimer model); the probability of one is
/// that of all sets that hold it: counted out for few rows, else found by belief propagation, which is exact where no ring of rivals
/// exists, and near to it elsewhere.
struct Matching {
  struct Pair {
    let row: Int
    let column: Int
    /// How many times likelier the two are a pair than strangers.
    let weight: Double
    var probability = 0.0
  }

  private(set) var pairs: [Pair]
  /// How probable it is that a row has no pair.
  private(set) var alone: [Double]

  /// Rounds of propagation; a crowd, in which no more can be told than that many are possible, gets fewer.
  private static let mostRounds = (usual: 20, inCrowd: 6)
  private static let crowd = 8_192
  private static let enough = 0.001
  /// A preflight that is likelier to be alone gets no request; to say that it was alone is to name a failure, which takes more yet.
  private static let alone = (likely: 0.6, sure: 0.64)

  init(_ pairs: [Pair], rows: Int, columns: Int) {
    self.pairs = pairs
    alone = [Double](repeating: 1, count: rows)
    guard let first = pairs.first else { return }
    if !pairs.contains(where: { $0.row != first.row }) || !pairs.contains(where: { $0.column != first.column }) {
      // Rivals for one preflight or one request: at most one of them is the pair.
      let all = pairs.reduce(1) { $0 + $1.weight }
      for index in pairs.indices { take(pairs[index].weight / all, for: index) }
    } else if rows <= ExactMatching.mostRows {
      let probabilities = ExactMatching.probabilities(pairs, rows: rows, columns: columns)
      for (index, probability) in probabilities.enumerated() { take(probability, for: index) }
    } else {
      for (index, odds) in Matching.odds(pairs, rows, columns).enumerated() { take(odds / (1 + odds), for: index) }
    }
  }

  private mutating func take(_ probability: Double, for index: Int) {
    let row = pairs[index].row
    pairs[index].probability = probability
    alone[row] = max(0, alone[row] - probability)
  }

  /// The odds of each pair, from what its row and its column say of their freedom if it were not for this pair.
  private static func odds(_ pairs: [Pair], _ rows: Int, _ columns: Int) -> [Double] {
    var fromRow = [Double](repeating: 1, count: pairs.count)
    var fromColumn = fromRow
    for _ in 0..<(pairs.count < crowd ? mostRounds.usual : mostRounds.inCrowd) {
      var rowSums = [Double](repeating: 1, count: rows)
      var columnSums = [Double](repeating: 1, count: columns)
      for (index, pair) in pairs.enumerated() {
        rowSums[pair.row] += pair.weight * fromColumn[index]
        columnSums[pair.column] += pair.weight * fromRow[index]
      }
      var change = 0.0
      for (index, pair) in pairs.enumerated() {
        let row = 1 / max(1, rowSums[pair.row] - pair.weight * fromColumn[index])
        let column = 1 / max(1, columnSums[pair.column] - pair.weight * fromRow[index])
        change = max(change, abs(row / fromRow[index] - 1), abs(column / fromColumn[index] - 1))
        // Midway between old and new, as factors: among equal rivals the plain step swings to and fro.
        fromRow[index] = (fromRow[index] * row).squareRoot()
        fromColumn[index] = (fromColumn[index] * column).squareRoot()
      }
      if change < enough { break }
    }
    return pairs.indices.map { pairs[$0].weight * fromRow[$0] * fromColumn[$0] }
  }

  /// How probable it is of each column that it has no pair.
  func strangers(_ columns: Int) -> [Double] {
    var result = [Double](repeating: 1, count: columns)
    for pair in pairs { result[pair.column] = max(0, result[pair.column] - pair.probability) }
    return result
  }

  /// Whether a row has no pair, and not only none that can be told.
  func isAlone(_ row: Int) -> Bool { alone[row] >= Matching.alone.sure }

  /// Each row's pair, the most probable first; none for rows that are likely to have none.
  func chosen() -> [Pair?] {
    var result = [Pair?](repeating: nil, count: alone.count)
    guard alone.count > 1 else {
      // Of equals the earlier here too.
      if let first = pairs.first, alone[0] < Matching.alone.likely {
        result[0] = pairs.dropFirst().reduce(first) { $0.probability < $1.probability ? $1 : $0 }
      }
      return result
    }
    var taken = Set<Int>()
    // Of equals the earlier: browsers and servers keep the order more often than not.
    let order = pairs.indices.sorted { (-pairs[$0].probability, $0) < (-pairs[$1].probability, $1) }
    for pair in order.lazy.map({ pairs[$0] }) where alone[pair.row] < Matching.alone.likely {
      guard result[pair.row] == nil, taken.insert(pair.column).inserted else { continue }
      result[pair.row] = pair
    }
    return result
  }
}
