import Fetch

/// The slots of header fields that every line is asked for: to have them at hand is cheaper than to work them out each time.
struct AskedFields {
  let origin = LogField.request(.origin)
  let referer = LogField.request(.referer)
  let userAgent = LogField.request(.userAgent)
  let secFetchMode = LogField.request(.secFetchMode)
  let secFetchSite = LogField.request(.secFetchSite)
}
