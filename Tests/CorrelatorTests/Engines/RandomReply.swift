import Evidence
import Fetch

/// Answers as servers give them: mostly near right, and wrong in every way that the engines tell apart.
extension SplitMix64 {
  mutating func reply(to origin: String, forPreflight: Bool) -> Browser.Reply {
    var reply = Browser.Reply()
    reply.version = pick([.http11, .http11, .http2])
    reply.status =
      forPreflight ? pick([204, 204, 204, 200, 299, 301, 307, 304, 401, 404, 500]) : pick([200, 200, 403, 500])
    let origins = [
      origin, origin, origin, "*", "*", origin + "/", "null", "", " " + origin, "https://b.example", "app.example",
      origin + ", *", origin + " *", "*,", "\"*\"", "HTTPS://B.EXAMPLE",
    ]
    for _ in 0..<pick([0, 1, 1, 1, 1, 1, 2]) { add("Access-Control-Allow-Origin", pick(origins), to: &reply) }
    for _ in 0..<pick([0, 1, 1, 1, 2]) {
      add("Access-Control-Allow-Credentials", pick(["true", "true", "true", " true", "True", "false", ""]), to: &reply)
    }
    if forPreflight {
      for _ in 0..<pick([0, 1, 1, 1, 2]) {
        add(
          "Access-Control-Allow-Methods",
          pick(["PUT", "PUT, PATCH", "*", "GET", "put", "", "PUT;", ",PUT,", "*, PUT"]),
          to: &reply)
      }
      for _ in 0..<pick([0, 1, 1, 2]) {
        let lists = ["*", "x-a", "X-A, content-type", "authorization", "x-a, x-b, authorization", "", "x a", "X-A;"]
        add("Access-Control-Allow-Headers", pick(lists), to: &reply)
      }
    }
    if pick([true, false, false]) { add("Location", "https://b.example/", to: &reply) }
    if pick([true, false]) { add("Vary", "Origin", to: &reply) }
    return reply
  }

  private mutating func add(_ name: String, _ value: String, to reply: inout Browser.Reply) {
    let spelling = reply.version == .http2 || below(8) == 0 ? name.lowercased() : name
    reply.lines.append(HeaderField(name: spelling, value: value))
  }
}
