/// Where the fields of the line at hand stand: one slot for each `LogField`, reused from line to line.
final class LineFields {
  struct Place {
    /// Counted from the line's first byte.
    var start: Int32
    /// -1 where the line does not have the field.
    var length: Int32

    static let absent = Place(start: 0, length: -1)
  }

  let places: UnsafeMutablePointer<Place>
  let request = UnsafeMutablePointer<LineRequest>.allocate(capacity: 1)

  init() {
    request.initialize(to: LineRequest())
    places = .allocate(capacity: LogField.slots)
    places.initialize(repeating: .absent, count: LogField.slots)
  }

  deinit {
    places.deallocate()
    request.deallocate()
  }

  @inline(__always)
  func set(_ slot: UInt8, _ start: Int, _ end: Int) {
    places[Int(slot & 127)] = Place(
      start: Int32(truncatingIfNeeded: start), length: Int32(truncatingIfNeeded: end &- start))
  }

  @inline(__always)
  func clear(_ slot: UInt8) { places[Int(slot & 127)] = .absent }

  func clearAll() { places.update(repeating: .absent, count: LogField.slots) }
}
