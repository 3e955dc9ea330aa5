import Files
import Foundation

/// A folder that goes away with its test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "corsleuth-files-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let place = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: place))
    return place
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

func unbase64(_ text: String) -> [UInt8] { Data(base64Encoded: text).map { Array($0) } ?? [] }

/// Everything that the source delivers in chunks of this size.
func drain(_ source: inout ByteSource, chunk size: Int) throws(FileError) -> [UInt8] {
  var all: [UInt8] = []
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
  defer { buffer.deallocate() }
  while case let count = try source.read(into: buffer), count > 0 { all += buffer[..<count] }
  return all
}
