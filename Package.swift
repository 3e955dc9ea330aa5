// swift-tools-version:6.2
import PackageDescription

// Every module compiles in the Swift 6 language mode with the same stricter features. The arrows between modules are DESIGN's:
// a test (Tests/ProjectTests) compares the `import` lines with the `dependencies` below.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Pure modules import nothing but each other: no Foundation, no clock, no environment.
func pure(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources.map { .embedInCode($0) }, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

func library(_ name: String, package: String) -> Target {
  .systemLibrary(name: name, path: "Sources/C/\(name)", providers: [.apt([package])])
}

let package = Package(
  name: "corsleuth",
  products: [.executable(name: "corsleuth", targets: ["corsleuth"])],
  dependencies: [
    // Command grammar, help, completions and the man page from one declaration.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SQLite connections, read-only access, statement lifetime and transactions; it stays behind the Store module.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    library("CZlib", package: "zlib1g-dev"),  // gzip, zlib and zip members
    library("CZstd", package: "libzstd-dev"),  // zstd
    library("CBZip2", package: "libbz2-dev"),  // bzip2
    library("CLZMA", package: "liblzma-dev"),  // xz
    library("CCrypto", package: "libssl-dev"),  // SHA-256 at the processor's own speed

    .systemLibrary(name: "CBlocks", path: "Sources/C/CBlocks"),  // a header of our own: bytes found 64 at a time

    pure("Scanning", ["CBlocks"]),
    pure(
      "Words",
      resources: ["reasons", "root-causes", "fixes", "evidence", "report", "page", "changes"].map { "ko/\($0).po" }),
    pure("Fetch", ["Scanning"]),
    pure("Evidence", ["Fetch"]),
    pure("Ingestion", ["Scanning", "Fetch", "Evidence"]),
    pure("Correlator", ["Words", "Fetch", "Evidence"]),
    pure(
      "Report", ["Words", "Evidence", "Correlator"],
      resources: ["HTML/Assets/report.css", "HTML/Assets/report.js"]),
    .target(name: "Files", dependencies: ["CZlib", "CZstd", "CBZip2", "CLZMA", "CCrypto"], swiftSettings: strict),
    .target(
      name: "Queries", path: "Queries",
      resources: [
        .embedInCode("clients-hit-most.sql"),
        .embedInCode("engine-disagreement.sql"),
        .embedInCode("errors-without-cors.sql"),
        .embedInCode("failure-rates.sql"),
        .embedInCode("failures-by-hour.sql"),
        .embedInCode("least-certain.sql"),
        .embedInCode("missing-allow-headers.sql"),
        .embedInCode("new-failures.sql"),
        .embedInCode("null-origins.sql"),
        .embedInCode("origin-near-misses.sql"),
        .embedInCode("preflight-cost.sql"),
        .embedInCode("preflight-latency.sql"),
        .embedInCode("refused-by-one-engine.sql"),
        .embedInCode("root-causes.sql"),
        .embedInCode("sources.sql"),
        .embedInCode("top-failing-endpoints.sql"),
        .embedInCode("uncached-preflights.sql"),
        .embedInCode("undetermined.sql"),
        .embedInCode("unfollowed-preflights.sql"),
        .embedInCode("wildcard-credentials.sql"),
      ],
      swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: [
        "Words", "Fetch", "Evidence", "Correlator", "Queries", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),  // SQLite's C functions, for rows bound by pointer
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "corsleuth",
      dependencies: [
        "Scanning", "Words", "Fetch", "Evidence", "Ingestion", "Correlator", "Store", "Report", "Files", "Queries",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: ["certainty", "har-export", "logging"].map { .embedInCode("Topics/\($0).txt") },
      swiftSettings: strict),
    tests("ScanningTests", ["Scanning"]),
    tests("FetchTests", ["Fetch"]),
    tests("FilesTests", ["Files"]),
    tests(
      "IngestionTests", ["Scanning", "Fetch", "Evidence", "Ingestion", "Files"], resources: [.copy("Fixtures")]),
    tests("WordsTests", ["Words", "Fetch", "Evidence", "Ingestion", "Correlator"]),
    tests("CorrelatorTests", ["Words", "Fetch", "Evidence", "Ingestion", "Correlator", "Files"]),
    tests("StoreTests", ["Words", "Fetch", "Evidence", "Correlator", "Store", "Queries"]),
    tests("ReportTests", ["Words", "Fetch", "Evidence", "Correlator", "Report"], resources: [.copy("Golden")]),
    // These run the program itself: `corsleuth` has to be built before them.
    tests(
      "ConformanceTests", ["Words", "Fetch", "Evidence", "Ingestion", "Correlator", "Store", "Files", "corsleuth"],
      resources: [.copy("Captures")]),
    tests("EndToEndTests", ["corsleuth"], exclude: ["Sessions", "Inputs"]),
    tests("ProjectTests", ["Words", "Ingestion", "Correlator", "Store", "Report", "Queries", "corsleuth"]),
  ],
  swiftLanguageModes: [.v6]
)

// `make fuzz`: libFuzzer's driver around the readers.
if Context.environment["FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzers", dependencies: ["Scanning", "Fetch", "Evidence", "Ingestion", "Correlator"],
      path: "Tests/Fuzzing",
      exclude: ["fuzz.sh"], swiftSettings: strict + [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])]))
}
