import Foundation

/// A file as one string of its bytes, for searching.
enum FileBytes {
  static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
