extension LogBytes {
  /// Up to eight bytes that a text may begin with, compared at once.
  @usableFromInline
  package struct Head {
    @usableFromInline let word: UInt64
    /// Which bits count; 0 where there are no bytes.
    @usableFromInline package let mask: UInt64

    /// What stands nowhere.
    package static var never: Head { Head(word: 1, mask: 0) }

    private init(word: UInt64, mask: UInt64) { (self.word, self.mask) = (word, mask) }

    /// The `count` bytes at `base + from`, eight at most.
    package init(_ base: UnsafeRawPointer, _ from: Int, _ count: Int) {
      var (word, mask): (UInt64, UInt64) = (0, 0)
      for offset in 0..<count {
        word |= UInt64(base.load(fromByteOffset: from + offset, as: UInt8.self)) << UInt64(8 * offset)
        mask |= 0xFF << UInt64(8 * offset)
      }
      (self.word, self.mask) = (word, mask)
    }

    /// Whether they stand at `at`; eight bytes have to be readable there.
    @inlinable @inline(__always)
    package func stands(_ base: UnsafeRawPointer, _ at: Int) -> Bool {
      UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self)) & mask == word
    }
  }
}
