import Correlator
import Words

/// What a configuration gives away, in words.
enum SecurityNotes {
  static func of(_ context: FixContext, _ reason: Reason?) -> [Message] {
    switch reason?.key {
    case .externalRedirectNotAllowed, .preflightDidNotSucceed:
      return [
        "OPTIONS is answered before anybody has logged in: see that nothing is done, and nothing told, on OPTIONS.",
        "The request itself still needs its own authorisation: an answered preflight is no permission.",
      ]
    case .multipleAllowOriginNotAllowed:
      return [
        "Nothing new is allowed: one writer of the field remains. See that it is the one with the list of origins."
      ]
    default: return allowing(CORSPolicy(context), context)
    }
  }

  private static func allowing(_ policy: CORSPolicy, _ context: FixContext) -> [Message] {
    var notes: [Message] = []
    if context.origin == "null" {
      notes.append(
        """
        The page's origin is null, which no server can allow safely: every sandboxed frame on the web sends it. \
        \(policy.origin) stands for the address that the page should be served from.
        """)
    } else if policy.origin != context.origin {
      notes.append("\(policy.origin) is an example: put the origin of your page in its place.")
    }
    let scripts: Message = "Scripts of \(policy.origin), and of no other origin, may read what this server answers"
    if policy.credentials {
      notes.append(
        "\(scripts), as the user who is signed in: whoever can run a script there can read that user's data.")
    } else if context.credentials == nil {
      notes.append("\(scripts), without cookies; that this request wanted them was not recorded.")
    } else {
      notes.append("\(scripts), without cookies.")
    }
    if policy.credentials {
      notes.append(
        """
        Keep the list of origins fixed: to send back whatever Origin asks, with credentials, opens every user's data \
        to every site.
        """)
    }
    if policy.isForThisMachine {
      notes.append("\(policy.origin) is a developer's machine: keep it out of production.")
    } else if policy.origin.hasPrefix("http://") {
      notes.append(
        """
        \(policy.origin) is not encrypted: whoever is on the network path can put a script there. Serve it over https \
        first.
        """
      )
    }
    return notes
  }
}
