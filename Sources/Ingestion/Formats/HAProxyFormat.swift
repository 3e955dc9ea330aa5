import Evidence
package import Fetch

extension LogFormat {
  /// HAProxy's `option httplog`.
  ///
  /// Captured headers have no names in the log: they are given in the configuration's order.
  package static func haproxy(request: [KnownField], response: [KnownField]) -> LogFormat {
    haproxy(requestNames: request.map(\.name), responseNames: response.map(\.name))
  }

  /// The same without the syslog prefix, as containers write it (`log stdout format raw`).
  static let haproxyRaw = haproxy(request: [], response: []).with {
    $0.name = "haproxy-raw"
    $0.title = "HAProxy httplog without a syslog prefix"
    if case .text(let pattern) = $0.layout {
      // Without the process and the literal behind it.
      $0.layout = .text(LogPattern(pieces: Array(pattern.pieces.dropFirst(2))))
    }
    $0.samples = [
      LogSample(
        #"203.0.113.7:51844 [12/Mar/2025:10:15:32.413] fe be/s1 0/0/0/3/3 204 243 - - ---- 12/4/0/0/0 0/0 "OPTIONS /v2/orders/81 HTTP/1.1""#,
        [
          "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81", "status": "204", "duration": "3000",
          "start": "1741774532413000",
        ])
    ]
  }

  /// The same with the handshake behind the request: `option httpslog`.
  var withHandshake: LogFormat {
    with {
      $0.name += "-https"
      $0.title = "HAProxy httpslog" + $0.title.dropFirst("HAProxy httplog".count)
      if case .text(let pattern) = $0.layout {
        $0.layout = .text(
          LogPattern(pieces: pattern.pieces.dropLast() + LogPattern(#"" <-> <->/<->/<->"#).pieces))
      }
      $0.samples = samples.map { sample in
        LogSample(sample.text + " 0/0000/0/0/0 api.example.com/TLSv1.3/TLS_AES_128_GCM_SHA256", sample.expected)
      }
    }
  }

  /// The same by the headers' names; a name that is no header of CORS is read over.
  static func haproxy(requestNames request: [String], responseNames response: [String]) -> LogFormat {
    let requestGroup = request.isEmpty ? "" : " {" + group(request, "req") + "}"
    let responseGroup = response.isEmpty ? "" : " {" + group(response, "res") + "}"
    let hasGroups = !request.isEmpty || !response.isEmpty
    return LogFormat(
      "haproxy", title: "HAProxy httplog",
      layout: .text(
        LogPattern(
          "<->]: <client-and-port> [<time>] <-> <-> <->/<->/<->/<->/<duration> <status> <-> <-> <-> <-> <-> "
            + (hasGroups ? "<->" + requestGroup + responseGroup + #" "<request>""# : #"<->"<request>""#))),
      escaping: .none, timeMeaning: .start,
      samples: hasGroups
        ? []
        : [
          LogSample(
            #"haproxy[811]: 203.0.113.7:51844 [12/Mar/2025:10:15:32.413] fe be/s1 0/0/0/3/3 204 243 - - ---- 12/4/0/0/0 0/0 "OPTIONS /v2/orders/81 HTTP/1.1""#,
            [
              "client": "203.0.113.7", "method": "OPTIONS", "target": "/v2/orders/81",
              "status": "204", "duration": "3000", "start": "1741774532413000",
            ]),
          LogSample(
            #"Mar 12 10:15:32 lb1 haproxy[811]: 203.0.113.7:51844 [12/Mar/2025:10:15:32.413] fe~ be/s1 0/0/0/3/3 204 243 - - ---- 12/4/0/0/0 0/0 {https://app.example.com|PUT} {*} "OPTIONS /v2/orders/81 HTTP/1.1""#,
            ["client": "203.0.113.7", "method": "OPTIONS", "status": "204", "start": "1741774532413000"]),
        ]
    ).with {
      $0.durationUnit = .milliseconds
      $0.duplicates = .lastOnly
      $0.configuration = "haproxy"
      $0.cannotShow = [
        "Captured headers have no names in the log: give them in the configuration's order.",
        "Its times have no zone and are taken for UTC.", "Lines are cut at 1024 bytes unless `len` is raised.",
      ]
    }
  }

  private static func group(_ names: [String], _ side: String) -> String {
    names.map { $0.asciiLowercased() == "host" ? "<host>" : "<\(side):\($0)>" }.joined(separator: "|")
  }
}
