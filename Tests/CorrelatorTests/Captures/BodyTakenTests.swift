import Correlator
import Evidence
import Testing

/// What Firefox took of an answer's body: of those that it refuses to a page all, of others that it gives up nothing. Recorded from
/// Firefox 153, of workers' requests, of scripts, and of redirects that lead nowhere.
struct BodyTakenTests {
  private static func capture(
    _ answer: [(String, String)], status: Int = 200, kind: ResourceKind = .fetch, wasTaken: Bool?
  ) -> Recording {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Recording.page, methods: "PUT"))
    capture.answered(status: status, request: [("User-Agent", UserAgent.firefox)], response: answer) {
      $0.kind = kind
      $0.bodyWasTaken = wasTaken
    }
    return capture
  }

  @Test(arguments: [
    (false, "undetermined in response, possible of CORSNotSupportingCredentials"),
    (true, "allowed in response, inferred"), (nil, "allowed in response, inferred"),
  ])
  func `a body that was given up leaves open whether it was a worker that asked, with credentials`(
    wasTaken: Bool?, line: String
  ) throws {
    let verdict = try #require(Self.capture(allowing(origin: "*"), wasTaken: wasTaken).verdicts.last)
    #expect(verdict.line == line)
    #expect(verdict.says("body", "none of it taken") == (wasTaken == false))
  }

  @Test func `a page may have given up what every check allows`() {
    let readable = allowing(origin: Recording.page, credentials: "true")
    #expect(Self.capture(readable, wasTaken: false).lines.last == "allowed in response, inferred")
    #expect(Self.capture(readable, wasTaken: true).lines.last == "allowed in response, certain")
  }

  @Test(arguments: [
    (ResourceKind.script, "text/html", false, "blocked CORSDidNotSucceed in response, inferred"),
    (.stylesheet, "text/html", false, "blocked CORSDidNotSucceed in response, inferred"),
    (.script, "text/html", true, "blocked CORSMissingAllowOrigin in response, certain"),
  ])
  func
    `a script or style sheet of another type was refused for that if its body was given up, and is like others if not`(
      kind: ResourceKind, type: String, wasTaken: Bool, line: String
    )
  {
    #expect(Self.capture([("Content-Type", type)], kind: kind, wasTaken: wasTaken).lines.last == line)
  }

  @Test(arguments: [
    (false, "blocked CORSDidNotSucceed in redirect, inferred"),
    (true, "undetermined in redirect, possible of CORSDidNotSucceed"),
  ])
  func `106: of a redirect that leads nowhere the body is taken where the page wanted it as it is`(
    wasTaken: Bool, line: String
  ) {
    let answer = allowing(origin: Recording.page, credentials: "true") + [("Location", "ftp://b.example/")]
    #expect(Self.capture(answer, status: 302, wasTaken: wasTaken).lines.last == line)
  }
}
