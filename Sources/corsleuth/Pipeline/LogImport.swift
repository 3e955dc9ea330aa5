import Evidence
import Files
import Ingestion
import Store

extension ImportRun {
  func importLog(
    _ source: inout ByteSource, first count: Int, _ format: LogFormat, _ content: InputContent
  ) throws(FileError) {
  }
}
