extension Reason.Configuration {
  static func apiGateway(_ policy: CORSPolicy) -> String {
    """
    # CloudFormation, HTTP API
    CorsConfiguration:
      AllowOrigins: ["\(policy.origin)"]
      AllowMethods: [\(CORSPolicy.quoted(policy.methods))]
      AllowHeaders: [\(CORSPolicy.quoted(policy.headers))]
      AllowCredentials: \(policy.credentials)
    # REST API: the gateway's own errors too, once for DEFAULT_4XX and once for DEFAULT_5XX
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      ResponseType: DEFAULT_4XX
      ResponseParameters:
    \(withCredentials(policy, "    gatewayresponse.header.Access-Control-Allow-Credentials: \"'true'\""))\
        gatewayresponse.header.Access-Control-Allow-Origin: "'\(policy.origin)'"
    """
  }

  static func s3(_ policy: CORSPolicy) -> String {
    // S3 knows five methods, and sends Allow-Credentials by itself wherever the origin is not `*`.
    let methods = policy.methods.filter { ["GET", "HEAD", "PUT", "POST", "DELETE"].contains($0) }
    return """
      [{
        "AllowedOrigins": ["\(policy.origin)"],
        "AllowedMethods": [\(CORSPolicy.quoted(methods))],
        "AllowedHeaders": [\(CORSPolicy.quoted(policy.headers))],
        "MaxAgeSeconds": 600
      }]
      """
  }

  static func cloudFront(_ policy: CORSPolicy) -> String {
    """
    // response headers policy; the cache behaviour has to allow OPTIONS, and to forward Origin,
    // Access-Control-Request-Method and Access-Control-Request-Headers to the origin
    "CorsConfig": {
      "AccessControlAllowOrigins": { "Quantity": 1, "Items": ["\(policy.origin)"] },
      "AccessControlAllowMethods": {
        "Quantity": \(policy.methods.count), "Items": [\(CORSPolicy.quoted(policy.methods))] },
      "AccessControlAllowHeaders": {
        "Quantity": \(policy.headers.count), "Items": [\(CORSPolicy.quoted(policy.headers))] },
      "AccessControlAllowCredentials": \(policy.credentials),
      "OriginOverride": true
    }
    """
  }
}
