import Testing
import Words

@Suite struct MessageTests {
  private let server = "https://api.example"

  @Test func `each interpolation is a place of the pattern`() {
    let message: Message = "On \(server), answer \("PUT") with \(204)."
    #expect(message.pattern == "On {0}, answer {1} with {2}.")
    #expect(message.english == "On https://api.example, answer PUT with 204.")
  }

  @Test func `a message in a place is said in the language of the whole`() {
    let inner: Message = "the answer to \("PUT")"
    let outer: Message = "\(inner) (\(server))"
    #expect(outer.english == "the answer to PUT (https://api.example)")
    #expect(Language.korean(outer) == "PUT에 대한 응답 (https://api.example)")
  }

  @Test func `a translation may name the places in another order`() {
    let message: Message = "\("3") of \("5")"
    #expect(Language.korean(message) == "5건 중 3건")
  }

  @Test func `what fills a place is never taken for a pattern`() {
    let message: Message = "\("{1}") and \("{0}")"
    #expect(message.english == "{1} and {0}")
  }

  @Test func `braces that are no place are words`() {
    let message: Message = "set Access-Control-Allow-Origin: {origin} {, } {1 \("x")"
    #expect(message.english == "set Access-Control-Allow-Origin: {origin} {, } {1 x")
  }

  @Test func `what the catalogue lacks is said in English`() {
    let message: Message = "Nobody ever translated \("this")."
    #expect(Language.korean(message) == "Nobody ever translated this.")
  }

  @Test func `messages are joined by punctuation`() {
    let parts: [Message] = ["blocked", "\("a") more"]
    #expect(parts.joined(separator: ", ").english == "blocked, a more")
  }

  @Test(
    arguments: [
      ("ko_KR.UTF-8", Language.korean), ("ko", .korean), ("KO-kr", .korean), ("ko@euro", .korean), ("kok_IN", .english),
      ("en_GB.UTF-8", .english), ("C.UTF-8", .english), ("POSIX", .english), ("", .english), ("de_DE", .english),
    ])
  func `languages are told by their locale`(locale: String, language: Language) {
    #expect(Language(locale: locale) == language)
  }
}
