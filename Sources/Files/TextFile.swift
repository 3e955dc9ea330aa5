import Glibc

/// A small file read whole: a configuration.
package enum TextFile {
  /// A configuration is not larger.
  package static let maximumSize = 16 << 20

  /// - Throws: `FileError` where it cannot be read, or is larger than any configuration.
  package static func read(_ path: String) throws(FileError) -> String {
    var source = try ByteSource(path: path, digesting: false)
    let bytes = try source.rest(limit: maximumSize)
    guard bytes.count <= maximumSize else {
      throw FileError(
        .read, path: path, reason: "it is too large for a configuration", remedy: "name the log's format")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The files that a pattern of a shell names, sorted; relative ones are looked for in `folder`.
  package static func matching(_ pattern: String, in folder: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern.hasPrefix("/") ? pattern : "\(folder)/\(pattern)", 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }
}
