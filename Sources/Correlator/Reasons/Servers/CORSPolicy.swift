import Fetch

/// What a server is to allow: the values that its configuration is written from.
///
/// Only values that are safe to paste are taken from a capture: an origin that serialises to itself, methods and header names
/// of plain characters. Everything else falls back to the example's.
package struct CORSPolicy: Sendable {
  package var origin: String
  package var methods: [String]
  package var headers: [String]
  package var credentials: Bool

  package init(
    origin: String = "https://app.example.com", methods: [String] = ["GET", "POST", "PUT", "PATCH", "DELETE"],
    headers: [String] = ["authorization", "content-type"], credentials: Bool = false
  ) {
    self.origin = origin
    self.methods = methods
    self.headers = headers
    self.credentials = credentials
  }

  /// The policy under which one failing request would have passed.
  package init(_ context: FixContext) {
    self.init()
    let asked = context.origin
    if asked != "null", Origin(parsing: asked)?.serialized == asked, asked.utf8.allSatisfy(CORSPolicy.isPlainInOrigin) {
      origin = asked
    }
    // What is allowed now stays so: other pages may live by it.
    let listed = CORSPolicy.plainTokens(context.allowMethods)
    if CORSPolicy.isPlainToken(context.method) {
      methods = listed.isEmpty ? ["GET", "POST"] : listed
      if !methods.contains(context.method) { methods.append(context.method) }
    }
    var names = CORSPolicy.plainTokens(context.allowHeaders)
    for name in context.requestedHeaders where CORSPolicy.isPlainToken(name) {
      if !names.contains(where: { $0.asciiLowercased() == name.asciiLowercased() }) { names.append(name) }
    }
    if !names.isEmpty { headers = names }
    credentials = context.credentials == true || context.allowCredentials == "true"
  }

  /// Whether the page that it lets in is served by the machine that it is looked at on.
  package var isForThisMachine: Bool { URLRecord(origin)?.isOnThisMachine == true }

  var methodList: String { methods.joined(separator: ", ") }
  var headerList: String { headers.joined(separator: ", ") }

  /// Items in quotes, for languages that write lists so.
  static func quoted(_ items: [String]) -> String { items.map { "\"\($0)\"" }.joined(separator: ", ") }

  private static func plainTokens(_ list: String?) -> [String] { CommaList(list ?? "").items.filter(isPlainToken) }

  /// Letters, digits, `-` and `_`: of the token characters those that mean nothing to any configuration language.
  static func isPlainToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.utf8.allSatisfy { $0.isASCIIAlpha || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
  }

  private static func isPlainInOrigin(_ byte: UInt8) -> Bool {
    byte.isASCIIAlpha || byte.isASCIIDigit || [0x2D, 0x2E, 0x2F, 0x3A, 0x5B, 0x5D, 0x5F].contains(byte)
  }
}
