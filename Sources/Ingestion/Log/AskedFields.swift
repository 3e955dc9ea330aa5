import Fetch

/// Header fields that every line is asked for, their slots worked out once.
extension LogField {
  static let origin = request(.origin)
  static let referer = request(.referer)
  static let userAgent = request(.userAgent)
  static let secFetchMode = request(.secFetchMode)
  static let secFetchSite = request(.secFetchSite)
}
