import Testing

/// `explain … --server`: the configuration of one server, of reasons and of root causes.
@Suite struct ExplainServerTests {
  @Test(
    arguments: [
      ("CORSMissingAllowOrigin --server nginx", "nginx", "add_header Vary Origin always;"),
      ("CORSMissingAllowOrigin --server NGINX", "nginx", "add_header Vary Origin always;"),
      ("CORSMissingAllowOrigin --server ingress-nginx", "nginx", "add_header Vary Origin always;"),
      ("CORSMissingAllowOrigin --server api-gateway", "API Gateway", "AllowCredentials: false"),
      ("CORSMissingAllowOrigin --server aspnet", "ASP.NET", "app.UseCors();"),
      ("no-cors-headers --server apache", "Apache", "RewriteEngine On"),
      ("preflight-auth-gate --server apache", "Apache", "# <LimitExcept OPTIONS> around its Require"),
      ("preflight-redirect-login --server caddy", "Caddy", "method OPTIONS"),
      ("duplicate-writer --server express", "Express", "// no res.setHeader(…) beside it, and no proxy in front"),
      ("credentials-with-wildcard --server nginx", "nginx", "Access-Control-Allow-Credentials true always;"),
    ])
  func `shows the configuration of one server`(arguments: String, server: String, line: String) throws {
    let step = try Shell().run("corsleuth explain \(arguments)")
    #expect(step.status == 0 && step.diagnostics == [])
    let text = step.output.joined(separator: "\n")
    #expect(text.contains("\n\nWhat to change\n  ") && text.contains("\n\n\(server)\n    ") && text.contains(line))
    for other in ["nginx", "Apache", "Caddy", "Rails", "S3"] where other != server {
      #expect(!text.contains("\n\n\(other)\n    "), "\(other)")
    }
  }

  @Test(arguments: ["CORSMissingAllowOrigin --server nope", "aborted --server nope", "--server ''", "--server nope"])
  func `names the servers that it knows`(arguments: String) throws {
    let step = try Shell().run("corsleuth explain \(arguments)")
    #expect(step.status == 64 && step.output == [])
    #expect(step.diagnostics.first?.hasPrefix("Error: no configuration is known for '") == true)
    #expect(step.diagnostics.first?.contains("there are nginx, Apache, Caddy, ") == true)
  }

  @Test(arguments: ["aborted", "dns-trouble", "CORSDisabled", "preflight-redirect-scheme"])
  func `says where no server's configuration helps`(name: String) throws {
    let step = try Shell().run("corsleuth explain \(name) --server nginx")
    #expect(step.status == 0 && step.output.first?.hasPrefix("\(name): ") == true)
    #expect(step.diagnostics == ["corsleuth: no server's configuration mends \(name)"])
  }

  /// A shell takes a name with a blank in it for two.
  @Test func `completes names that it takes`() throws {
    let shell = try Shell()
    let script = try shell.run("corsleuth --generate-completion-script fish").output.joined(separator: "\n")
    for name in ["nginx", "api-gateway", "asp.net", "fastapi", "cloudfront"] {
      #expect(script.contains(name))
      #expect(try shell.run("corsleuth explain no-cors-headers --server \(name)").status == 0)
    }
    #expect(!script.contains("API Gateway"))
  }

  @Test func `shows those of all servers where none is named`() throws {
    let text = try Shell().run("corsleuth explain allow-list-lacks-method").output.joined(separator: "\n")
    for server in ["nginx", "Apache", "Caddy", "Rails", "S3"] { #expect(text.contains("\n\n\(server)\n    ")) }
  }
}
