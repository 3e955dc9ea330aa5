import Ingestion

/// The formats that logs are told by.
struct GivenFormats {
  var formats = LogFormatCatalogue.all
  /// Those that are tried before all others, and taken where they fit.
  var preferred: [LogFormat] = []
  /// Whether the user says that logs are in one of them, whatever their lines look like.
  var overrides = false
}
