/// The page's own script or style, out of `Assets/`.
///
/// Only this file makes one, so nothing else gets into a page unescaped.
struct PageAsset {
  enum Kind: String {
    case script, style
  }

  let kind: Kind
  let text: String

  private init(_ kind: Kind, _ bytes: [UInt8]) {
    self.kind = kind
    text = String(decoding: bytes, as: UTF8.self)
  }

  static let script = PageAsset(.script, PackageResources.report_js)
  static let style = PageAsset(.style, PackageResources.report_css)

  /// As a Content-Security-Policy names it.
  private var source: String { "'sha256-\(SHA256.base64(SHA256.digest(text.utf8)))'" }

  /// Nothing is loaded, sent or framed, and nothing runs but these two.
  static let policy =
    "default-src 'none'; script-src \(script.source); style-src \(style.source); base-uri 'none'; form-action 'none'"
}
