/// The order in which rotated logs were written: `access.log.2.gz`, `access.log.1`, `access.log`.
package enum RotatedSet {
  /// Puts the parts of each rotated log oldest first, where the first of them stood; all else stays in its order.
  ///
  /// The number counts back in time; a date counts forward, and comes before the log that is still written.
  package static func oldestFirst(_ paths: [String]) -> [String] {
    var sets: [String: [(path: String, part: Part)]] = [:]
    for path in paths {
      let (name, part) = parse(path)
      sets[name, default: []].append((path, part))
    }
    var result: [String] = []
    for path in paths {
      guard let set = sets.removeValue(forKey: parse(path).name) else { continue }
      result += set.enumerated().sorted {
        $0.element.part == $1.element.part ? $0.offset < $1.offset : $0.element.part.isOlder(than: $1.element.part)
      }.map(\.element.path)
    }
    return result
  }

  /// How many logs the paths are parts of.
  package static func count(_ paths: [String]) -> Int { Set(paths.map(name(of:))).count }

  /// The log that a path is a part of: the path under which it is written.
  package static func name(of path: String) -> String { parse(path).name }

  /// Whether a path is the log that is still written, and not what rotation left of it.
  package static func isCurrent(_ path: String) -> Bool { parse(path).part == .current }

  private enum Part: Equatable {
    case current
    case number(Int)
    case date(String)

    func isOlder(than other: Part) -> Bool {
      switch (self, other) {
      case (.number(let left), .number(let right)): left > right
      case (.date(let left), .date(let right)): NaturalOrder.precedes(left, right)
      case (_, .current): self != .current
      case (.date, .number): true
      default: false
      }
    }
  }

  private static let packed = [".gz", ".zst", ".bz2", ".xz", ".lzma", ".Z"]

  /// The log's own name, and which part of it this is.
  private static func parse(_ path: String) -> (name: String, part: Part) {
    var name = Substring(path)
    for ending in packed where name.hasSuffix(ending) { name = name.dropLast(ending.count) }
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    if digits > 0, digits < 5 {
      let stem = name.dropLast(digits)
      if stem.last == ".", let number = Int(name.suffix(digits)) { return (String(stem.dropLast()), .number(number)) }
    }
    // logrotate's dateext: -20250312, perhaps with an hour or seconds since 1970 behind another dash.
    let date = name.reversed().prefix { $0.isASCII && $0.isNumber || $0 == "-" }.count
    let tail = name.suffix(date)
    if tail.first == "-", tail.count(where: \.isNumber) >= 8 {
      return (String(name.dropLast(date)), .date(String(tail)))
    }
    return (String(path), .current)
  }
}
