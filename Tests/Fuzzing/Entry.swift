import Glibc

/// What libFuzzer calls for each input it makes; `FUZZ_READER` in the environment names the reader that takes it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
  chosen(Array(bytes))
  return 0
}

private let chosen: @Sendable ([UInt8]) -> Void = {
  let name = getenv("FUZZ_READER").map { String(cString: $0) } ?? ""
  guard let reader = Readers.all[name] else {
    print("FUZZ_READER is one of \(Readers.all.keys.sorted().joined(separator: ", "))")
    exit(64)
  }
  return reader
}()
