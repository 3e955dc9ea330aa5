import Glibc

/// A small file read whole: a configuration.
package enum TextFile {
  /// A configuration is not larger.
  package static let maximumSize = 16 << 20

  /// - Throws: `FileError` where it cannot be read, or is larger than any configuration.
  package static func read(_ path: String) throws(FileError) -> String {
    var source = try ByteSource(path: path, digesting: false)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while case let count = try source.read(into: buffer), count > 0 {
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if bytes.count > maximumSize {
        throw FileError(
          .read, path: path, reason: "it is too large for a configuration", remedy: "name the log's format")
      }
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
