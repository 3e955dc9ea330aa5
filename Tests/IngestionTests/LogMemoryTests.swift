import Ingestion
import Testing

/// A log that goes on in another file.
@Suite struct LogMemoryTests {
  static func memory(_ log: String, after earlier: LogMemory = LogMemory()) throws -> (kept: [String], left: LogMemory)
  {
    var options = LogOptions()
    options.remembered = earlier
    let reading = LogReading(Array(log.utf8), as: try #require(LogScoutTests.combined), options: options)
    return (reading.exchanges.map(\.url), reading.memory)
  }

  @Test func `cut anywhere, what is kept is what would be of the whole`() throws {
    let lines = (0..<30).flatMap { index in
      ["OPTIONS /a/\(index)", "GET /a/\(index)", "GET /b"].map { LogScoutTests.line($0, index * 60) }
    }
    let whole = try Self.memory(lines.joined())
    #expect(whole.kept.count == 60)
    for cut in 0...lines.count {
      let first = try Self.memory(lines[..<cut].joined())
      let second = try Self.memory(lines[cut...].joined(), after: LogMemory(bytes: first.left.bytes))
      #expect(first.kept + second.kept == whole.kept)
      #expect(second.left == whole.left)
    }
  }

  @Test func `of several parts the last preflight counts, in whatever order they are remembered`() throws {
    let parts = [0, 3 * 3600, 3 * 3600 + 3000].map {
      LogScoutTests.line($0 == 3 * 3600 + 3000 ? "GET /a" : "OPTIONS /a", $0)
    }
    let first = try Self.memory(parts[0])
    let second = try Self.memory(parts[1], after: first.left)
    for (one, other) in [(first, second), (second, first)] {
      var both = one.left
      both.add(other.left)
      #expect(try Self.memory(parts[2], after: both).kept == ["/a"])
    }
  }

  @Test(
    arguments: [[], [1, 2, 3], Array(repeating: 255, count: 64), [9] + Array(repeating: 0, count: 31)] as [[UInt8]])
  func `what is no memory is none`(_ bytes: [UInt8]) {
    #expect(LogMemory(bytes: bytes).isEmpty)
  }
}
