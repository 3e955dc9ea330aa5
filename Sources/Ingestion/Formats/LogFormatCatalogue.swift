/// The formats that are read without a word of configuration, most telling first: of two that fit alike the first is taken.
package enum LogFormatCatalogue {
  package static let all: [LogFormat] =
    LogFormat.serverJSON + LogFormat.cloudJSON + [LogFormat.genericJSON] + LogFormat.columns + LogFormat.cloudText
    + LogFormat.proxyText + LogFormat.applicationText + LogFormat.commonLog + [LogFormat.logfmt]

  /// The format of this name.
  package static func format(named name: String) -> LogFormat? { all.first { $0.name == name } }
}
