/// Folds the variable parts of a path, so that requests for one endpoint count as one: `/users/123` becomes `/users/{id}`.
///
/// Numbers, UUIDs, hex digests and tokens become `{id}`, dates `{date}`. Words, versions (`v1`) and file extensions stay.
/// The query and the fragment are dropped. The same bytes always fold alike, and folding twice changes nothing.
package enum EndpointFolder {
  /// The longest endpoint in bytes; what follows is cut at a segment and shown as `…`.
  package static let maximumLength = 240

  /// The endpoint of an absolute URL or of a path; of a URL, scheme and authority stay as they are.
  package static func fold(_ url: String) -> String {
    var text = url
    return text.withUTF8 { buffer in
      let bytes = Span(_unsafeElements: buffer)
      let start = pathStart(bytes)
      var folded: [UInt8] = []
      folded.reserveCapacity(bytes.count)
      for index in 0..<start { folded.append(bytes[index]) }
      fold(bytes, from: start, to: bytes.count, into: &folded)
      return String(decoding: folded, as: UTF8.self)
    }
  }

  /// The endpoint of a path, which may carry a query.
  package static func fold(path: Span<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(path.count)
    fold(path, from: 0, to: path.count, into: &folded)
    return folded
  }

  /// Appends the endpoint of the path in `bytes[start..<end]`.
  package static func fold(_ bytes: Span<UInt8>, from start: Int, to end: Int, into folded: inout [UInt8]) {
    let limit = folded.count + maximumLength
    var end = end
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") {
        end = index
      } else {
        index += 1
      }
    }
    index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "/") {
        folded.append(UInt8(ascii: "/"))
        index += 1
        continue
      }
      var stop = index
      while stop < end, bytes[stop] != UInt8(ascii: "/") { stop += 1 }
      if folded.count + min(stop - index, 64) > limit {
        folded.append(contentsOf: "…".utf8)
        return
      }
      if let dateEnd = PathDate.end(bytes, from: index, to: stop, limit: end) {
        folded.append(contentsOf: "{date}".utf8)
        index = dateEnd
      } else {
        foldSegment(bytes, index, stop, into: &folded)
        index = stop
      }
    }
  }

  /// Where the path of a URL begins: 0 for what is no absolute URL.
  private static func pathStart(_ bytes: Span<UInt8>) -> Int {
    var index = 0
    while index < bytes.count, bytes[index] != UInt8(ascii: ":") {
      if !PathByte.isWord(bytes[index]) { return 0 }
      index += 1
    }
    guard index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "/"), bytes[index + 2] == UInt8(ascii: "/") else {
      return 0
    }
    index += 3
    while index < bytes.count, !PathByte.endsAuthority(bytes[index]) { index += 1 }
    return index
  }

  private static func foldSegment(_ bytes: Span<UInt8>, _ start: Int, _ stop: Int, into folded: inout [UInt8]) {
    var stop = stop
    var sawVariable = false
    for index in start..<stop {
      let byte = bytes[index]
      // Path parameters (`;jsessionid=…`) are no part of the endpoint.
      if byte == UInt8(ascii: ";"), index > start {
        stop = index
        break
      }
      if byte == UInt8(ascii: "@"), index > start {
        folded.append(contentsOf: "{id}".utf8)
        return
      }
      if byte &- 48 < 10 || byte &- 65 < 26 { sawVariable = true }
    }
    // Lower-case words are what most segments are.
    guard sawVariable || stop - start >= 16 else {
      for index in start..<stop { folded.append(bytes[index]) }
      return
    }
    let stem = stemEnd(bytes, start, stop)
    if PathRun.isUUID(bytes, start, stem) {
      folded.append(contentsOf: "{id}".utf8)
    } else {
      foldRuns(bytes, start, stem, into: &folded)
    }
    for index in stem..<stop { folded.append(bytes[index]) }
  }

  /// Where a file's stem ends: before the last `.` when one to five letters, or letters and digits, follow it.
  private static func stemEnd(_ bytes: Span<UInt8>, _ start: Int, _ stop: Int) -> Int {
    var index = stop - 1
    var letters = 0
    while index > start, stop - index <= 6, bytes[index] != UInt8(ascii: ".") {
      if !PathByte.isAlphanumeric(bytes[index]) { return stop }
      if (bytes[index] | 0x20) &- 97 < 26 { letters += 1 }
      index -= 1
    }
    guard index > start, bytes[index] == UInt8(ascii: "."), letters > 0, stop - index >= 2 else { return stop }
    return index
  }

  /// Folds a segment run by run (`main-5f3a2b1c` → `main-{id}`); one that holds no word becomes a single `{id}`.
  private static func foldRuns(_ bytes: Span<UInt8>, _ start: Int, _ stop: Int, into folded: inout [UInt8]) {
    let mark = folded.count
    var words = 0
    var variables = 0
    var index = start
    while index < stop {
      if PathByte.separatesRuns(bytes[index]) {
        folded.append(bytes[index])
        index += 1
        continue
      }
      var end = index
      while end < stop, !PathByte.separatesRuns(bytes[end]) { end += 1 }
      let isWhole = index == start && end == stop
      switch PathRun.kind(bytes, index, end) {
      case .token:
        folded.append(contentsOf: "{id}".utf8)
        variables += 1
      case .number where isWhole || end - index >= 3 && !PathRun.isYear(bytes, index, end):
        folded.append(contentsOf: "{id}".utf8)
        variables += 1
      case .number:
        for position in index..<end { folded.append(bytes[position]) }
        variables += 1
      case .word:
        for position in index..<end { folded.append(bytes[position]) }
        words += 1
      }
      index = end
    }
    if words == 0, variables > 0 {
      folded.removeSubrange(mark...)
      folded.append(contentsOf: "{id}".utf8)
    }
  }
}
