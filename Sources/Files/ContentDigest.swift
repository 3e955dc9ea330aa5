/// The digest of a content as it passes, and of its beginnings up to given lengths.
package final class ContentDigest {
  private let builder = DigestBuilder()
  private var marks: ArraySlice<Int>
  /// The digests of the beginnings whose lengths were asked for, as far as the content went.
  package private(set) var beginnings: [Int: Digest] = [:]
  /// How many bytes have passed.
  package private(set) var count = 0

  /// - Parameter marks: Lengths in bytes, in any order.
  package init(marks: [Int] = []) {
    self.marks = Set(marks).sorted()[...]
  }

  /// The digest of all that has passed; more may follow.
  package var digest: Digest { builder.snapshot() }

  package func add(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let mark = marks.first, mark - count <= rest.count {
      take(UnsafeRawBufferPointer(rebasing: rest[..<(mark - count)]), of: &rest)
      beginnings[mark] = digest
      marks = marks.dropFirst()
    }
    take(rest, of: &rest)
  }

  private func take(_ part: UnsafeRawBufferPointer, of rest: inout UnsafeRawBufferPointer) {
    builder.update(part)
    count += part.count
    rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
  }

  /// Takes in all that a source has left.
  ///
  /// - Throws: `FileError` where it cannot be read.
  package func add(allOf source: inout ByteSource) throws(FileError) {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { chunk.deallocate() }
    while case let count = try source.read(into: chunk), count > 0 {
      add(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }
}
