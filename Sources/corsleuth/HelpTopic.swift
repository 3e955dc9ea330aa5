import Ingestion

/// A page about something that is no command: a file of `Topics/`, whose first line is its title.
struct HelpTopic {
  let name: String
  let title: String
  let text: String

  private init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    text = String(decoding: bytes, as: UTF8.self).replacing("{servers}", with: HelpTopic.servers)
    title = String(text.prefix { $0 != "\n" })
  }

  static let all = [
    HelpTopic("certainty", PackageResources.certainty_txt),
    HelpTopic("har-export", PackageResources.har_export_txt),
    HelpTopic("logging", PackageResources.logging_txt),
  ]

  static var names: String { all.map(\.name).joined(separator: ", ") }

  /// The name under which they are listed.
  static let listName = "topics"

  /// One line for each.
  static var list: String {
    let width = all.map(\.name.count).max() ?? 0
    let lines = all.map { topic in
      "  \(topic.name)\(String(repeating: " ", count: width - topic.name.count))  \(topic.title)\n"
    }
    return "Topics, each shown by 'corsleuth help TOPIC':\n\n" + lines.joined()
  }

  /// The page of this name, or the list; `nil` where there is none.
  static func page(_ name: String) -> String? { name == listName ? list : all.first { $0.name == name }?.text }

  /// The servers that `log-config` knows, as a list of the page on logging.
  private static var servers: String {
    LogConfiguration.all.map { "  \($0.server)\($0.isPossible ? "" : " (cannot log them: what to do instead)")" }
      .joined(separator: "\n")
  }
}
