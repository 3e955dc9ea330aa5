import CCrypto

/// A SHA-256 digest: what tells whether an input has been imported before.
package struct Digest: Hashable, Sendable {
  package let bytes: [UInt8]

  /// 64 lower-case hexadecimal digits.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The digest of a file's bytes as they lie on disk, read once from end to end.
  ///
  /// - Throws: `FileError` where the file cannot be opened or read.
  package static func ofFile(_ path: String) throws(FileError) -> Digest {
    let file = try Descriptor(reading: path)
    let digest = DigestBuilder()
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { chunk.deallocate() }
    while case let count = try file.read(into: chunk), count > 0 {
      digest.update(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
    return digest.finish()
  }

  /// The digest of bytes in memory.
  package static func of(_ bytes: [UInt8]) -> Digest {
    let digest = DigestBuilder()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }
}

/// A SHA-256 digest in the making.
final class DigestBuilder {
  private let context: OpaquePointer?

  init() {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

  /// The digest of what came so far; more may come.
  func snapshot() -> Digest {
    let copy = DigestBuilder()
    EVP_MD_CTX_copy_ex(copy.context, context)
    return copy.finish()
  }

  func finish() -> Digest {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &digest, &length)
    return Digest(bytes: Array(digest.prefix(Int(length))))
  }
}
