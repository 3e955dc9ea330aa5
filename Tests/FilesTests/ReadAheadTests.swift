import Files
import Testing

struct ReadAheadTests {
  /// More streams, one behind the other, than may wait to be taken.
  static let streams = 40
  static let text = Array(repeating: Array(PackedSamples.text.utf8), count: streams).flatMap { $0 }
  static let packed = Array(repeating: unbase64(PackedSamples.gzip), count: streams).flatMap { $0 }
  static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  static func source(_ folder: TemporaryFolder, _ bytes: [UInt8]) throws -> ByteSource {
    try ByteSource(path: folder.write("input", bytes), digesting: false)
  }

  @Test(arguments: [false, true])
  func `what is read ahead is what the source holds, its opening included`(isPacked: Bool) throws {
    let folder = try TemporaryFolder()
    var source = try ReadAheadTests.source(folder, isPacked ? ReadAheadTests.packed : ReadAheadTests.text)
    let opening = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
    defer { opening.deallocate() }
    #expect(try source.read(into: opening) == 100)
    let input = ReadAhead(source, after: UnsafeRawBufferPointer(opening), digesting: true)
    var all = Array(opening)
    while case let chunk = try input.next(), !chunk.isEmpty {
      #expect(input.digest == nil)
      all += chunk
    }
    #expect(all == ReadAheadTests.text)
    #expect(input.count == all.count)
    #expect(input.digest == Digest.of(all))
    #expect(input.damage == nil)
    #expect(try input.next().isEmpty)
  }

  @Test func `damage is told of when its place is reached, and not before`() throws {
    let folder = try TemporaryFolder()
    let source = try ReadAheadTests.source(folder, Array(ReadAheadTests.packed.dropLast(9)))
    let input = ReadAhead(source, after: ReadAheadTests.nothing, digesting: false)
    _ = try input.next()
    #expect(input.damage == nil)
    while try !input.next().isEmpty {}
    #expect(input.damage == .cut)
    #expect(input.count > ReadAheadTests.text.count - PackedSamples.text.utf8.count)
    #expect(input.digest == nil)
  }

  @Test(arguments: 0..<10)
  func `whoever wants no more may leave at any time`(taken: Int) throws {
    let folder = try TemporaryFolder()
    let source = try ReadAheadTests.source(folder, ReadAheadTests.packed)
    let input = ReadAhead(source, after: ReadAheadTests.nothing, digesting: true)
    for _ in 0..<taken { _ = try input.next() }
    #expect(input.count <= ReadAheadTests.text.count)
  }
}
