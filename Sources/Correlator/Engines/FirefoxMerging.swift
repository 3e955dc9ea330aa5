import Evidence
import Fetch

extension HeaderRecord {
  /// What Firefox can have made of the lines of a recorded field: in merging them it skips those without a value
  /// (`netwerk/protocol/http/nsHttpHeaderArray.cpp`, `MergeHeader`).
  ///
  /// More than one element where the recorder may have joined several lines to one.
  func mergedByFirefox(_ field: KnownField) -> [String] {
    guard list.count(field) <= 1 else { return [HeaderRecord.merged(list.values(field))] }
    let line = list.get(field) ?? ""
    guard duplicates != .kept, duplicates != .respelled, line.utf8.contains(UInt8(ascii: ",")) else { return [line] }
    return [line, HeaderRecord.merged(line.split(separator: ",").map { $0.trimmingHTTPWhitespace() })]
  }

  private static func merged(_ values: [Substring]) -> String {
    values.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
