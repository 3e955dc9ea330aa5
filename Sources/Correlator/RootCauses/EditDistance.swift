/// How many letters have to be inserted, removed, changed or swapped with their neighbour.
enum EditDistance {
  static func isAtMost<Element: Equatable>(_ limit: Int, _ a: [Element], _ b: [Element]) -> Bool {
    guard abs(a.count - b.count) <= limit else { return false }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return (last.last ?? 0) <= limit
  }
}
