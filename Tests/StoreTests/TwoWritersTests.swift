import Correlator
import Store
import Testing

/// Several runs that write one store, one input after the other.
@Suite struct TwoWritersTests {
  @Test func `what one has added does not get in the other's way`() throws {
    let folder = try Folder()
    let place = StorePlace.file(folder.file("s.db"))
    let first = try StoreWriter(place, options: options)
    try first.fill("a.har", 1) { try $0.add(Case(entry: 1).verdict) }
    try first.close()

    // Both are open before either writes, and each writes again after the other.
    let (one, other) = (try StoreWriter(place, options: options), try StoreWriter(place, options: options))
    for (number, writer) in [one, other, one, other].enumerated() {
      try writer.fill("\(number).har", number + 2) {
        try $0.add(Case(entry: 1, origin: "https://new\(number).example", method: "M\(number)").verdict)
        try $0.add(Case(entry: 3, origin: "https://shared\(number / 2).example").verdict)
      }
    }
    try one.close()
    let reader = try other.close()
    let rows = try reader.table(
      "SELECT source, entry, origin, method, reason, fix FROM verdicts ORDER BY source, entry")
    let expected =
      (0..<4).flatMap { number in
        [
          ("\(number).har", 1, "https://new\(number).example", "M\(number)"),
          ("\(number).har", 3, "https://shared\(number / 2).example", "PUT"),
        ]
      } + [("a.har", 1, "https://app.example", "PUT")]
    #expect(
      rows
        == expected.map { path, entry, origin, method in
          [
            .text(path), .int(Int64(entry)), .text(origin), .text(method), .text("CORSMissingAllowOrigin"),
            .text("Send Access-Control-Allow-Origin."),
          ]
        })
    let texts = try reader.table("SELECT count(*), count(DISTINCT value) FROM text")
    #expect(texts[0][0] == texts[0][1])
  }
}
