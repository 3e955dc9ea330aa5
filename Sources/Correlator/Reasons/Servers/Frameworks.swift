import Fetch

extension Reason.Configuration {
  static func express(_ policy: CORSPolicy) -> String {
    """
    // before authentication and before the routes
    app.use(cors({
      origin: ["\(policy.origin)"],
      methods: [\(CORSPolicy.quoted(policy.methods))],
      allowedHeaders: [\(CORSPolicy.quoted(policy.headers))],
    \(withCredentials(policy, "  credentials: true,"))\
    }));
    """
  }

  static func spring(_ policy: CORSPolicy) -> String {
    """
    @Bean
    CorsConfigurationSource corsConfigurationSource() {
      var cors = new CorsConfiguration();
      cors.setAllowedOrigins(List.of("\(policy.origin)"));
      cors.setAllowedMethods(List.of(\(CORSPolicy.quoted(policy.methods))));
      cors.setAllowedHeaders(List.of(\(CORSPolicy.quoted(policy.headers))));
    \(withCredentials(policy, "  cors.setAllowCredentials(true);"))\
      var source = new UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/**", cors);
      return source;
    }
    // in the SecurityFilterChain: lets preflights pass before authentication
    http.cors(Customizer.withDefaults());
    """
  }

  static func django(_ policy: CORSPolicy) -> String {
    """
    # settings.py, with django-cors-headers; its middleware has to be the first
    INSTALLED_APPS += ["corsheaders"]
    MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]
    CORS_ALLOWED_ORIGINS = ["\(policy.origin)"]
    \(withCredentials(policy, "CORS_ALLOW_CREDENTIALS = True"))\
    CORS_ALLOW_METHODS = [\(CORSPolicy.quoted(policy.methods))]
    CORS_ALLOW_HEADERS = [\(CORSPolicy.quoted(policy.headers))]
    """
  }

  static func fastAPI(_ policy: CORSPolicy) -> String {
    """
    from fastapi.middleware.cors import CORSMiddleware
    # around the whole application, so that unhandled errors carry the headers too
    app = CORSMiddleware(
        app,
        allow_origins=["\(policy.origin)"],
        allow_methods=[\(CORSPolicy.quoted(policy.methods))],
        allow_headers=[\(CORSPolicy.quoted(policy.headers))],
    \(withCredentials(policy, "    allow_credentials=True,"))\
    )
    """
  }

  static func aspNET(_ policy: CORSPolicy) -> String {
    """
    builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
        .WithOrigins("\(policy.origin)")
    \(withCredentials(policy, "    .AllowCredentials()"))\
        .WithMethods(\(CORSPolicy.quoted(policy.methods)))
        .WithHeaders(\(CORSPolicy.quoted(policy.headers)))));
    // after UseRouting, before UseAuthentication and UseAuthorization
    app.UseCors();
    """
  }

  static func rails(_ policy: CORSPolicy) -> String {
    let methods = policy.methods.map { ":\($0.asciiLowercased())" }.joined(separator: ", ")
    return """
      # config/initializers/cors.rb, with rack-cors
      Rails.application.config.middleware.insert_before 0, Rack::Cors do
        allow do
          origins "\(policy.origin)"
          resource "*", methods: [\(methods)],
            headers: [\(CORSPolicy.quoted(policy.headers))], credentials: \(policy.credentials)
        end
      end
      """
  }
}
