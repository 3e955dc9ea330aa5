import Fetch
import Testing

@Suite struct `A URL's safety` {
  @Test(arguments: [
    ("https://a.example/", true), ("wss://a.example/", true), ("http://a.example/", false), ("ws://a.example/", false),
    ("http://localhost:3000/", true), ("http://shop.localhost/", true), ("http://localhost.example/", false),
    ("http://notlocalhost/", false), ("http://127.0.0.1/", true), ("http://127.1.2.3:8080/", true),
    ("http://0x7f.1/", true), ("http://128.0.0.1/", false), ("http://127.0.0.1.example.com/", false),
    ("http://[::1]/", true), ("http://[::2]/", false), ("data:,x", false),
  ])
  func `what comes over TLS or from this machine is trusted`(url: String, isTrusted: Bool) throws {
    #expect(try #require(URLRecord(url)).isPotentiallyTrustworthy == isTrusted)
  }

  @Test(arguments: [
    ("https://a.example/", false), ("https://a.example:8443/", false), ("http://a.example:6667/", true),
    ("https://a.example:25/", true), ("http://a.example:10080/", true), ("http://a.example:10081/", false),
  ])
  func `some ports are never connected to`(url: String, isBad: Bool) throws {
    #expect(try #require(URLRecord(url)).hasBadPort == isBad)
  }
}
