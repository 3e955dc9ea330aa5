import CBZip2
import CLZMA
import CZlib
import CZstd

/// gzip, zlib and raw deflate streams (RFC 1952, 1950, 1951).
final class DeflateInflater: Inflater {
  private let stream: UnsafeMutablePointer<z_stream>

  /// `windowBits` as `inflateInit2` has them: 47 tells gzip from zlib itself, -15 is raw deflate.
  init(windowBits: Int32) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    inflateInit2_(stream, windowBits, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> InflateStep {
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(clamping: input.count)
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(clamping: output.count)
    let code = inflate(stream, Z_NO_FLUSH)
    let state: InflateStep.State =
      switch code {
      case Z_OK, Z_BUF_ERROR: .running
      case Z_STREAM_END: .streamEnded
      default: .corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "deflate error \(code)")
      }
    return InflateStep(
      consumed: input.count - Int(stream.pointee.avail_in), produced: output.count - Int(stream.pointee.avail_out),
      state: state)
  }

  func reset() { inflateReset(stream) }
}

/// zstd frames (RFC 8878).
final class ZstdInflater: Inflater {
  private let stream = ZSTD_createDStream()

  deinit { ZSTD_freeDStream(stream) }

  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> InflateStep {
    var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let code = ZSTD_decompressStream(stream, &to, &from)
    let state: InflateStep.State =
      if ZSTD_isError(code) != 0 {
        .corrupt(String(cString: ZSTD_getErrorName(code)))
      } else {
        code == 0 ? .streamEnded : .running
      }
    return InflateStep(consumed: from.pos, produced: to.pos, state: state)
  }

  func reset() { ZSTD_DCtx_reset(stream, ZSTD_reset_session_only) }
}

/// bzip2 streams.
final class BZip2Inflater: Inflater {
  private let stream: UnsafeMutablePointer<bz_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: bz_stream())
    BZ2_bzDecompressInit(stream, 0, 0)
  }

  deinit {
    BZ2_bzDecompressEnd(stream)
    stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> InflateStep {
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: CChar.self).baseAddress)
    stream.pointee.avail_in = UInt32(clamping: input.count)
    stream.pointee.next_out = output.bindMemory(to: CChar.self).baseAddress
    stream.pointee.avail_out = UInt32(clamping: output.count)
    let code = BZ2_bzDecompress(stream)
    let state: InflateStep.State =
      switch code {
      case BZ_OK: .running
      case BZ_STREAM_END: .streamEnded
      default: .corrupt("bzip2 error \(code)")
      }
    return InflateStep(
      consumed: input.count - Int(stream.pointee.avail_in), produced: output.count - Int(stream.pointee.avail_out),
      state: state)
  }

  func reset() {
    BZ2_bzDecompressEnd(stream)
    stream.pointee = bz_stream()
    BZ2_bzDecompressInit(stream, 0, 0)
  }
}

/// xz streams.
final class XZInflater: Inflater {
  /// Generous for any preset; a file that asks for more is hostile.
  private static let memoryLimit: UInt64 = 256 << 20
  private let stream: UnsafeMutablePointer<lzma_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: lzma_stream())
    _ = lzma_stream_decoder(stream, XZInflater.memoryLimit, 0)
  }

  deinit {
    lzma_end(stream)
    stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> InflateStep {
    stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = output.count
    let code = lzma_code(stream, LZMA_RUN)
    let state: InflateStep.State =
      switch code {
      case LZMA_OK, LZMA_BUF_ERROR: .running
      case LZMA_STREAM_END: .streamEnded
      case LZMA_MEMLIMIT_ERROR: .corrupt("it asks for more than 256 MB of memory")
      default: .corrupt("xz error \(code.rawValue)")
      }
    return InflateStep(
      consumed: input.count - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out, state: state)
  }

  func reset() { _ = lzma_stream_decoder(stream, XZInflater.memoryLimit, 0) }
}
