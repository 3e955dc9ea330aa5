/// SipHash-1-3 (Aumasson and Bernstein): a short keyed hash that nobody without the key can steer.
///
/// It names repeated values inside one store and makes the digests in redaction markers.
struct SipHash: Sendable {
  private let k0: UInt64
  private let k1: UInt64

  init(k0: UInt64, k1: UInt64) {
    self.k0 = k0
    self.k1 = k1
  }

  @inline(__always)
  private static func round(_ v0: inout UInt64, _ v1: inout UInt64, _ v2: inout UInt64, _ v3: inout UInt64) {
    v0 &+= v1
    v1 = (v1 << 13 | v1 >> 51) ^ v0
    v0 = v0 << 32 | v0 >> 32
    v2 &+= v3
    v3 = (v3 << 16 | v3 >> 48) ^ v2
    v0 &+= v3
    v3 = (v3 << 21 | v3 >> 43) ^ v0
    v2 &+= v1
    v1 = (v1 << 17 | v1 >> 47) ^ v2
    v2 = v2 << 32 | v2 >> 32
  }

  func callAsFunction(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var v0 = k0 ^ 0x736f_6d65_7073_6575
    var v1 = k1 ^ 0x646f_7261_6e64_6f6d
    var v2 = k0 ^ 0x6c79_6765_6e65_7261
    var v3 = k1 ^ 0x7465_6462_7974_6573
    var offset = 0
    while bytes.count &- offset >= 8 {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      v3 ^= word
      SipHash.round(&v0, &v1, &v2, &v3)
      v0 ^= word
      offset &+= 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    var shift: UInt64 = 0
    while offset < bytes.count {
      last |= UInt64(bytes[offset]) << shift
      shift &+= 8
      offset &+= 1
    }
    v3 ^= last
    SipHash.round(&v0, &v1, &v2, &v3)
    v0 ^= last
    v2 ^= 0xff
    for _ in 0..<3 { SipHash.round(&v0, &v1, &v2, &v3) }
    return v0 ^ v1 ^ v2 ^ v3
  }

  func callAsFunction(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { self(UnsafeRawBufferPointer($0)) }
  }

  func callAsFunction(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { self($0) } }
}

/// The random key of one store, kept in its `meta` table: equal values have equal digests in one store and in no other.
package struct StoreKey: Equatable, Sendable {
  package let k0: UInt64
  package let k1: UInt64

  package init(k0: UInt64, k1: UInt64) {
    self.k0 = k0
    self.k1 = k1
  }

  package static func random() -> StoreKey {
    StoreKey(k0: .random(in: .min ... .max), k1: .random(in: .min ... .max))
  }

  var hash: SipHash { SipHash(k0: k0, k1: k1) }

  /// 32 hexadecimal digits.
  var text: String {
    func hex(_ word: UInt64) -> String {
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    return hex(k0) + hex(k1)
  }

  init?(text: String) {
    guard text.utf8.count == 32, let k0 = UInt64(text.prefix(16), radix: 16),
      let k1 = UInt64(text.dropFirst(16), radix: 16)
    else { return nil }
    self.init(k0: k0, k1: k1)
  }
}
