/// A decompressor that is given some input and some room, and says how far it came.
protocol Inflater: AnyObject {
  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> InflateStep
  /// Makes ready for another stream behind the one that ended.
  func reset()
}

struct InflateStep {
  var consumed: Int
  var produced: Int
  var state: State

  enum State: Equatable {
    case running
    /// A whole stream has been unpacked; another may follow.
    case streamEnded
    case corrupt(String)
  }
}
