/// What is open under one key: preflights whose window has not closed, and the requests they could have let through.
struct PairingGroup {
  var preflights: [PairingItem] = []
  var requests: [PairingItem] = []

  var isEmpty: Bool { preflights.isEmpty && requests.isEmpty }

  /// Microseconds from its first request to its last.
  var span: Int64 { (requests.last?.time ?? 0) - (requests.first?.time ?? 0) }

  mutating func take(_ item: PairingItem) {
    if item.role == .preflight { preflights.append(item) } else { requests.append(item) }
  }

  mutating func drop(before time: Int64) {
    preflights.removeAll { $0.time < time }
    requests.removeAll { $0.time < time }
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
  }
}
