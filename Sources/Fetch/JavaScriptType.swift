extension String {
  /// Whether this `Content-Type` is a JavaScript MIME type (MIME Sniffing, 4.6), whatever its parameters.
  package var isJavaScriptType: Bool {
    let essence = prefix { $0 != ";" }.trimmingHTTPWhitespace().asciiLowercased()
    return JavaScriptType.all.contains(essence)
  }
}

private enum JavaScriptType {
  static let all: Set<String> = [
    "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
    "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
    "text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
    "text/x-ecmascript", "text/x-javascript",
  ]
}
