import Scanning
import Testing

/// Every search is compared with the plainest way to do it.
@Suite struct LineIndexTests {
  static let quote = UInt8(ascii: "\"")
  static let space = UInt8(ascii: " ")

  /// Bytes of which many are marked, or few.
  static func bytes(_ count: Int, density: UInt64, _ random: inout SplitMix64) -> [UInt8] {
    let marked = [quote, space, 0x0A, 0, 0xA2, 0x23]
    return (0..<count).map { _ in
      let value = random.next()
      return value % 100 < density ? marked[Int(value >> 32) % marked.count] : UInt8(truncatingIfNeeded: value >> 16)
    }
  }

  static func offsets(_ bytes: [UInt8], _ wanted: Set<UInt8>) -> [Int] {
    bytes.indices.filter { wanted.contains(bytes[$0]) }
  }

  /// What `next` finds in the whole stretch, one after the other.
  static func found(_ lane: Int, _ bytes: [UInt8], _ index: borrowing LineIndex) -> [Int] {
    var found: [Int] = []
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      let line = index.line(base, 0, bytes.count)
      var position = line.next(lane, 0)
      while position < bytes.count {
        found.append(position)
        position = line.next(lane, position + 1)
      }
    }
    return found
  }

  static func build(_ index: inout LineIndex, _ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { index.build(base, bytes.count) }
    }
  }

  static func lineEnds(_ index: borrowing LineIndex) -> [Int] {
    var ends: [Int] = []
    for number in 0..<index.lineCount { ends.append(index.lineEnd(number)) }
    return ends
  }

  /// An index that served for other stretches before: any size does, in any order.
  static func built(_ marks: LineIndex.Marks, _ bytes: [UInt8], _ random: inout SplitMix64) -> LineIndex {
    var index = LineIndex(marks)
    build(&index, Self.bytes(333, density: 50, &random))
    build(&index, bytes)
    return index
  }

  @Test(arguments: [1, 63, 64, 65, 127, 128, 129, 1000, 70_000], [0, 3, 60] as [UInt64])
  func `all marks and line feeds are found, and nothing else`(count: Int, density: UInt64) {
    var random = SplitMix64(seed: UInt64(count) &* 31 &+ density)
    let bytes = Self.bytes(count, density: density, &random)
    let each = Self.built(.each(Self.space, Self.quote), bytes, &random)
    let either = Self.built(.either(Self.quote, Self.space), bytes, &random)
    #expect(Self.lineEnds(each) == Self.offsets(bytes, [0x0A]))
    #expect(Self.lineEnds(either) == Self.offsets(bytes, [0x0A]))
    #expect(Self.found(0, bytes, each) == Self.offsets(bytes, [Self.space]))
    #expect(Self.found(1, bytes, each) == Self.offsets(bytes, [Self.quote]))
    #expect(Self.found(0, bytes, either) == Self.offsets(bytes, [Self.quote, Self.space]))
  }

  @Test func `a line's offsets are its own, and a search does not end in the next line`() {
    let bytes = Array("ab \"c\"\n  d e\nx".utf8)
    var index = LineIndex(.each(Self.space, Self.quote))
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      index.build(base, bytes.count)
      let first = index.line(base, 0, 6)
      #expect(first.next(0, 0) == 2 && first.next(1, 0) == 3 && first.next(1, 4) == 5)
      #expect(first.next(0, 3) >= first.count && first.next(1, 6) >= first.count && first.next(1, 7) >= first.count)
      // A literal whose first byte is not marked is looked for by another one.
      #expect(first.next(1, 0, ahead: 2) == 1 && first.next(1, 2, ahead: 2) == 3 && first.next(1, 4, ahead: 2) >= 4)
      let second = index.line(base, 7, 12).dropping(first: 2, last: 1)
      #expect(second.count == 2 && second.byte(0) == UInt8(ascii: "d") && second.next(0, 0) == 1)
    }
  }
}

@Suite struct LogBytesTests {
  @Test(arguments: 0..<40)
  func `searches find what a loop finds, wherever it stands`(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    for _ in 0..<50 {
      let bytes = (0..<count).map { _ in
        [0x20, 0x21, 0xA0, 0x30, 0x2D, 0x39, 0x3A, 0x2C, 0x80][Int(random.next() % 9)] as UInt8
      }
      let from = count == 0 ? 0 : Int(random.next() % UInt64(count))
      ([0] + bytes).withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress.map({ $0 + 1 }) else { return }
        let range = from..<count
        #expect(LogBytes.find(0x20, base, from, count) == range.first { bytes[$0] == 0x20 } ?? count)
        #expect(LogBytes.findFar(0x20, base, from, count) == range.first { bytes[$0] == 0x20 } ?? count)
        #expect(LogBytes.findLast(0x20, base, from, count) == range.last { bytes[$0] == 0x20 } ?? from)
        #expect(
          LogBytes.findNoNumeral(base, from, count) == range.first { !(0x2D...0x39).contains(bytes[$0]) } ?? count)
      }
    }
  }

  @Test(arguments: 0..<40)
  func `what is said of runs of bytes is what a loop says, whatever stands around them`(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    for _ in 0..<50 {
      let bytes = (0..<count + 16).map { _ in
        [0x61, 0x7A, 0x41, 0x5A, 0x2D, 0x2F, 0x3F, 0x23, 0x60, 0x7B, 0xC1, 0xAD, 0][Int(random.next() % 13)] as UInt8
      }
      let (from, end) = (8, count + 8)
      bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        let run = bytes[from..<end]
        #expect(
          LogBytes.isASCII(base, from, end, without: 0x3F, 0x23)
            == run.allSatisfy { $0 < 0x80 && $0 != 0x3F && $0 != 0x23 })
        let mark = run.firstIndex(of: 0x3F) ?? end
        for readable in [end, bytes.count] {
          let found = LogBytes.hash(until: 0x3F, base, from, end, readable: readable)
          #expect(found.end == mark && found.hash == LogBytes.hash(until: 7, base, from, mark, readable: mark).hash)
        }
        guard count <= 8 else { return }
        let word = run.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        let isName = run.allSatisfy { (0x61...0x7A).contains($0 | 0x20) && $0 < 0x80 || $0 == 0x2D }
        #expect(count == 0 || LogBytes.areLettersOrHyphens(word, count) == isName)
      }
    }
  }

  @Test(arguments: 0..<70)
  func `a hash goes by every byte, their number and the seed, and by nothing around them`(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    var bytes = (0..<count + 16).map { _ in UInt8(truncatingIfNeeded: random.next() | 1) }
    func hash(_ bytes: [UInt8], _ count: Int, seed: UInt64 = 7) -> UInt64 {
      bytes.withUnsafeBytes { buffer in buffer.baseAddress.map { LogBytes.hash($0, 8, 8 + count, seed: seed) } ?? 0 }
    }
    let whole = hash(bytes, count)
    for offset in bytes.indices {
      bytes[offset] ^= 0x10
      #expect((hash(bytes, count) == whole) == !(8..<8 + count).contains(offset))
      bytes[offset] ^= 0x10
    }
    #expect(hash(bytes, count, seed: 8) != whole)
    // Zeros behind the last byte are no part of it.
    for offset in 8 + count..<bytes.count { bytes[offset] = 0 }
    #expect(hash(bytes, count) == whole && hash(bytes, count + 1) != whole)
  }

  @Test(arguments: 0...8)
  func `a head stands where all its bytes do`(count: Int) {
    let text = Array("\"origin\":".utf8)
    text.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      let head = LogBytes.Head(base, 0, count)
      #expect(head.stands(base, 0))
      #expect(head.stands(base, 1) == (count == 0))
    }
  }
}
