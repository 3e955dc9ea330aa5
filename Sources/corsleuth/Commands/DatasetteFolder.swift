import Files
import Queries
import Report
import Store
import Words

/// The folder of `query --datasette`: Datasette's metadata for a store.
struct DatasetteFolder {
  private let folder: String
  private var file: String { folder.hasSuffix("/") ? folder + "metadata.json" : folder + "/metadata.json" }

  init(_ folder: String) { self.folder = folder }

  /// - Throws: `FileError` where the folder cannot be written, or holds a `metadata.json` from elsewhere.
  func write(_ reader: StoreReader, store: String, _ diagnostics: Diagnostics) throws {
    let metadata = DatasetteMetadata(
      database: DatasetteFolder.database(store), views: DatasetteFolder.views, pages: DatasetteFolder.pages,
      hidden: try DatasetteFolder.tables(reader))
    try Folder.make(folder)
    if FileKind(file) == .file, !(try TextFile.read(file)).contains(DatasetteMetadata.mark) {
      throw FileError(
        .replace, path: file, reason: "it was not written by corsleuth", remedy: "name another folder, or move it away")
    }
    let output = try Output(file)
    var sink = output
    metadata.write(into: &sink)
    try output.finish()
    let (store, page) = (ShellWord.quoted(store), ShellWord.quoted(file))
    diagnostics.note(
      "'\(file)' is written; now: datasette \(store) --metadata \(page) --setting sql_time_limit_ms 60000")
  }

  private static var views: [DatasetteMetadata.View] {
    ViewGlossary.all.flatMap { view in
      view.names.map { DatasetteMetadata.View(name: $0, description: view.words, columns: view.columns(of: $0)) }
    }
  }

  private static var pages: [DatasetteMetadata.Page] {
    let taken = Set(views.map(\.name))
    return QueryCatalog.all.map { query in
      DatasetteMetadata.Page(
        // A page by a view's name would hide the view.
        name: taken.contains(query.name) ? query.name + "-query" : query.name, title: query.title,
        description: ([query.question] + query.parameters.map(words)).joined(separator: " "), sql: query.sqlForForms,
        parameters: query.parameters.map(\.name))
    }
  }

  private static func words(_ parameter: Query.Parameter) -> String {
    let kind = parameter.kind == .time ? "ISO 8601 in UTC" : parameter.kind.rawValue
    let standard = parameter.standardText.map { "; \($0) where it is left empty" } ?? ""
    return "\(parameter.name): \(parameter.meaning) (\(kind)\(standard))."
  }

  /// The tables behind the views, which may change.
  private static func tables(_ reader: StoreReader) throws -> [String] {
    var names: [String] = []
    try reader.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") { names += $0.map(\.plain) }
    return names
  }

  /// As Datasette names a database: its file's name without the last ending.
  private static func database(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
    return String(name[..<dot])
  }
}
