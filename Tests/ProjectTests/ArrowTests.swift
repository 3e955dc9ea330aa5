import Testing

/// The arrows between modules are those of `Package.swift`: SwiftPM alone lets an undeclared import through once its module was built.
@Suite struct ArrowTests {
  static let manifest = (try? Checkout.text("Package.swift")).map(Manifest.init)

  /// What stands beside the targets: system modules for those who talk to the system, and the packages' products.
  static let system: Set<String> = ["Glibc", "Synchronization", "Foundation"]

  /// DESIGN's table. A new arrow is a decision: it is made here as well as in `Package.swift`.
  static let design: [String: Set<String>] = [
    "Scanning": ["CBlocks"], "Words": [], "Fetch": ["Scanning"], "Evidence": ["Fetch"],
    "Ingestion": ["Scanning", "Fetch", "Evidence"],
    "Correlator": ["Words", "Fetch", "Evidence"], "Report": ["Words", "Evidence", "Correlator"],
  ]

  @Test func `the manifest's pure targets are the table's, with its arrows`() throws {
    let manifest = try #require(Self.manifest)
    let pure = manifest.targets.filter(\.isPure)
    #expect(Set(pure.map(\.name)) == Set(Self.design.keys))
    for target in pure { #expect(target.dependencies == Self.design[target.name], "\(target.name)") }
  }

  @Test(arguments: ["Scanning", "Words", "Fetch", "Evidence", "Ingestion", "Correlator", "Report"])
  func `a pure module imports what its arrows allow and nothing of the system`(module: String) throws {
    let allowed = try #require(Self.design[module])
    let files = try Checkout.swiftFiles("Sources/\(module)")
    #expect(!files.isEmpty)
    for file in files {
      let extra = imports(of: try Checkout.text(file)).subtracting(allowed)
      #expect(extra == [], "\(file)")
    }
  }

  @Test(arguments: ["Files", "Store", "corsleuth"])
  func `a module with input and output imports what it declares`(module: String) throws {
    let target = try #require(Self.manifest?[module])
    let allowed = target.dependencies.union(Self.system.subtracting(["Foundation"]))
    let files = try Checkout.swiftFiles("Sources/\(module)")
    #expect(!files.isEmpty)
    for file in files {
      let extra = imports(of: try Checkout.text(file)).subtracting(allowed)
      #expect(extra == [], "\(file)")
    }
  }

  @Test func `SQLite's library stays behind the store's door`() throws {
    for file in try Checkout.swiftFiles("Sources") where !file.hasPrefix("Sources/Store/") {
      #expect(imports(of: try Checkout.text(file)).isDisjoint(with: ["GRDB", "GRDBSQLite"]), "\(file)")
    }
  }

  @Test(
    arguments: [
      ("import Fetch", ["Fetch"]), ("package import Fetch\nimport Glibc", ["Fetch", "Glibc"]),
      ("@testable import Store", ["Store"]), ("import struct Foundation.Data", ["Foundation"]),
      ("// import Fetch\nlet important = 1", []),
    ] as [(String, Set<String>)])
  func `import lines are told in every form`(source: String, modules: Set<String>) {
    #expect(imports(of: source) == modules)
  }

  @Test func `targets are told from the manifest's text`() {
    let manifest = Manifest(
      """
      pure("A"), // (comment)
      pure("B", ["A"]),
      .target(name: "C", dependencies: ["B", .product(name: "P", package: "q")], swiftSettings: s),
      tests("T", ["A", "B"], resources: [.copy("F")]),
      """)
    #expect(manifest.targets.map(\.name) == ["A", "B", "C", "T"])
    #expect(manifest["B"]?.dependencies == ["A"])
    #expect(manifest["C"]?.dependencies == ["B", "P"])
    #expect(manifest["T"]?.dependencies == ["A", "B"])
    #expect(manifest.targets.map(\.isPure) == [true, true, false, false])
  }
}
