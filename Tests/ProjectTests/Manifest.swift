import Foundation

/// The targets of `Package.swift` with what each may import, read from its text.
struct Manifest {
  struct Target {
    let name: String
    let dependencies: Set<String>
    /// Declared with `pure(…)`: imports nothing but other targets.
    let isPure: Bool
  }

  let targets: [Target]

  init(_ text: String) {
    let code = text.split(separator: "\n").map { line in
      // A comment may hold brackets; an address holds slashes too, but stands in quotes on lines without targets.
      line.contains("url:") ? "" : String(line.prefix(upTo: line.firstRange(of: "//")?.lowerBound ?? line.endIndex))
    }.joined(separator: " ")
    let pattern = /(pure|library|tests|\.target|\.executableTarget)\(\s*(?:name:\s*)?"(?<name>\w+)"(?<rest>.*)/
    let starts = code.matches(of: /\b(?:pure|library|tests)\(\s*"|\.(?:target|executableTarget)\(\s*name:\s*"/)
    targets = starts.indices.compactMap { index in
      let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : code.endIndex
      let declaration = String(code[starts[index].range.lowerBound..<end])
      guard let match = declaration.firstMatch(of: pattern) else { return nil }
      let list = String(match.rest).firstMatch(of: /^\s*,\s*(?:dependencies:\s*)?\[(?<names>[^\]]*)\]/)
      let products = list.map { String($0.names).replacing(/, package: "[^"]*"/, with: "") } ?? ""
      let names = products.matches(of: /"(\w+)"/).map { String($0.1) }
      return Target(
        name: String(match.name), dependencies: Set(names),
        isPure: match.1 == "pure")
    }
  }

  subscript(name: String) -> Target? { targets.first { $0.name == name } }
}

/// The modules that a Swift file imports.
func imports(of source: String) -> Set<String> {
  Set(
    source.split(separator: "\n").filter { $0.contains("import ") }.compactMap { line in
      line.firstMatch(of: /^(?:@\w+\s+)?(?:package |public |internal |private |fileprivate )?import (?:\w+ )?(\w+)/)
        .map { String($0.1) }
    })
}
