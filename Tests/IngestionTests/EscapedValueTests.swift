import Ingestion
import Testing

@Suite struct `A value that a server escaped` {
  private func origin(_ written: String) throws -> String? {
    let format = try LogFormat.nginx(name: "x", #"$time_iso8601 "$request" $status "$http_origin""#)
    let line = #"2026-03-12T10:15:32+00:00 "PUT /a HTTP/1.1" 200 "\#(written)""#
    return LogReading(line, as: format).exchanges.first?.field("origin")
  }

  private func originInJSON(_ written: String) throws -> String? {
    let format = try LogFormat.nginx(
      name: "x", #"{"t":"$time_iso8601","r":"$request","s":$status,"o":"$http_origin"}"#, escape: "json")
    let line = #"{"t":"2026-03-12T10:15:32+00:00","r":"PUT /a HTTP/1.1","s":200,"o":"\#(written)"}"#
    return LogReading(line, as: format).exchanges.first?.field("origin")
  }

  @Test(arguments: [
    (#"a\x22b\x5Cc"#, #"a"b\c"#), (#"a\"b\\c"#, #"a"b\c"#), (#"a\nb\rc\td\be\ff\vg"#, "a\nb\rc\td\u{8}e\u{C}f\u{B}g"),
    (#"caf\xC3\xA9"#, "café"), (#"caf\u00C3\u00A9"#, "café"), (#"\u65E5"#, "日"), (#"\x2"#, #"\x2"#),
    (#"\xZZ"#, #"\xZZ"#),
    (#"\u12"#, #"\u12"#), (#"\q"#, "q"),
  ])
  func `is what was sent`(written: String, sent: String) throws {
    #expect(try origin(written) == sent)
  }

  @Test(arguments: [
    (#"a\"b\\c\/d"#, #"a"b\c/d"#), (#"caf\u00E9"#, "café"), (#"\uD83D\uDE00"#, "😀"), (#"\uD83D"#, "\u{FFFD}"),
    (#"\uD83D\u0041"#, "\u{FFFD}A"),
  ])
  func `as JSON is what was sent`(written: String, sent: String) throws {
    #expect(try originInJSON(written) == sent)
  }
}
