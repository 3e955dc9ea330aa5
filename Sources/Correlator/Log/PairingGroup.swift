/// What is open under one key: preflights whose window has not closed, and the requests they could have let through.
struct PairingGroup {
  /// Of more requests than the first number only as many as the second are weighed for one preflight, and so many items wait under
  /// one key: a robot that asks hundreds of times a second costs no more for each of its preflights than a busy page.
  static let mostCandidates = (usual: 256, inCrowd: 32)
  static let mostOpen = 8_192
  private static let crowd = 500

  var preflights: [PairingItem] = []
  var requests: [PairingItem] = []

  var isEmpty: Bool { preflights.isEmpty && requests.isEmpty }

  /// Microseconds from its first request to its last.
  var span: Int64 { (requests.last?.time ?? 0) - (requests.first?.time ?? 0) }

  /// Answers whether it is full now.
  @discardableResult
  mutating func take(_ item: PairingItem) -> Bool {
    if item.role == .preflight { preflights.append(item) } else { requests.append(item) }
    return preflights.count + requests.count >= PairingGroup.mostOpen
  }

  /// Whether so many wait that nobody can tell who belongs to whom: such a group teaches nothing of gaps.
  var isCrowd: Bool { preflights.count > PairingGroup.crowd }

  /// Up to which time a full group has to be decided, to lose half of what most of it is.
  func half(_ gaps: GapModel) -> Int64 {
    if preflights.count > requests.count { return preflights[preflights.count / 2].time + 1 }
    return (requests.isEmpty ? 0 : requests[requests.count / 2].time) - gaps.earliest + 1
  }

  /// The places of the requests that a preflight may have been made for, by their gaps; of a crowd the likeliest alone.
  func candidates(for preflight: PairingItem, _ gaps: GapModel) -> Range<Int> {
    let first = place(of: preflight.time + gaps.earliest)
    let end = place(of: preflight.time + gaps.latest + 1)
    guard end - first > PairingGroup.mostCandidates.usual else { return first..<max(first, end) }
    let likeliest = place(of: preflight.time + gaps.likeliest(from: preflight.source))
    var places = min(max(first, likeliest), end - 1)..<min(max(first, likeliest), end - 1)
    while places.count < PairingGroup.mostCandidates.inCrowd {
      let before = places.lowerBound > first ? density(places.lowerBound - 1, preflight, gaps) : -1
      let after = places.upperBound < end ? density(places.upperBound, preflight, gaps) : -1
      places = before > after ? places.lowerBound - 1..<places.upperBound : places.lowerBound..<places.upperBound + 1
    }
    return places
  }

  private func density(_ column: Int, _ preflight: PairingItem, _ gaps: GapModel) -> Double {
    gaps.density(requests[column].time - preflight.time, preflight.clocks(with: requests[column]))
  }

  /// How many requests came before `time`; they are in order.
  private func place(of time: Int64) -> Int {
    var places = 0..<requests.count
    while let middle = places.isEmpty ? nil : (places.lowerBound + places.upperBound) / 2 {
      places = requests[middle].time < time ? middle + 1..<places.upperBound : places.lowerBound..<middle
    }
    return places.lowerBound
  }

  /// The places of the requests that came later after a preflight than anything in its company.
  func late(after preflight: PairingItem, _ gaps: GapModel) -> Range<Int> {
    place(of: preflight.time + gaps.late + 1)..<place(of: preflight.time + gaps.latest + 1)
  }

  /// Takes out the requests in these places.
  mutating func leaveOut(_ places: [Int]) {
    if places.count == 1 { requests.remove(at: places[0]) }
    guard places.count > 1 else { return }
    let gone = Set(places)
    requests = requests.indices.filter { !gone.contains($0) }.map { requests[$0] }
  }

  mutating func drop(before time: Int64) {
    preflights.removeAll { $0.time < time }
    requests.removeFirst(place(of: time))
  }
}

extension PairingItem {
  func clocks(with request: PairingItem) -> GapModel.Clocks {
    GapModel.Clocks(preflight: source, request: request.source)
  }

  /// Whether nothing recorded contradicts that the preflight was made for this request.
  func fits(_ preflight: PairingItem) -> Bool {
    (preflight.method == 0 || preflight.method == method)
      && (preflight.origin == 0 || origin == 0 || preflight.origin == origin)
      && (preflight.host == 0 || host == 0 || preflight.host == host)
      && (preflight.port == 0 || port == 0 || preflight.port == port)
      && (preflight.userAgent == 0 || userAgent == 0 || preflight.userAgent == userAgent)
      && !(preflight.manner.credentials && manner.credentials)
  }
}
