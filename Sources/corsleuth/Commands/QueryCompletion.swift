import ArgumentParser
import Queries

/// What a shell offers while a `query` is typed; it asks the program itself, so that it never knows an older catalogue.
enum QueryCompletion {
  static let names = CompletionKind.custom { _, _, prefix in
    QueryCatalog.all.map(\.name).filter { $0.hasPrefix(prefix) }
  }

  /// `name=` of the parameters of the query that the line names, or of all queries where it names none yet.
  static let parameters = CompletionKind.custom { words, _, prefix in
    let named = QueryCatalog.all.filter { words.contains($0.name) }
    let queries = named.isEmpty ? QueryCatalog.all : named
    return Set(queries.flatMap(\.parameters).map { "\($0.name)=" }).filter { $0.hasPrefix(prefix) }.sorted()
  }
}
