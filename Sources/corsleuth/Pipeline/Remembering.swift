import Files
import Ingestion
import Store

/// What a log begins with: what is known of its earlier parts.
struct Remembering {
  /// The log's name without what rotation adds to it, as a digest.
  let log: String
  let began: LogMemory

  /// A log that has grown begins with what it began with before: what was stored of it stays true.
  init(_ path: String, grownFrom: StoredLog?, _ writer: StoreWriter) throws(StoreError) {
    log = Digest.of(Array(RotatedSet.name(of: path).utf8)).hex
    var memory = LogMemory()
    if let grownFrom {
      if let bytes = try writer.memory(of: grownFrom) { memory = LogMemory(bytes: bytes) }
    } else {
      for bytes in try writer.memories(ofLog: log) { memory.add(LogMemory(bytes: bytes)) }
    }
    began = memory
  }

  /// What the store keeps for the next part.
  func stored(left memory: LogMemory) -> StoredMemory {
    StoredMemory(log: log, began: began.bytes, left: memory.bytes)
  }
}
