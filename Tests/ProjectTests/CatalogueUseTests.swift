import Testing
import Words

/// The catalogue of words holds nothing that the program says no more.
@Suite struct CatalogueUseTests {
  /// The sources with each literal of several lines in one.
  static let sources: [String] =
    ((try? Checkout.swiftFiles("Sources")) ?? []).compactMap { file in
      (try? Checkout.text(file))?.replacing(/\\\n\s*/, with: "").replacing("\\\"", with: "\"")
    }

  @Test(arguments: Catalogue.koreanFiles.map(\.name)) func `every entry stands in one source file`(file: String) throws
  {
    #expect(Self.sources.count > 300)
    let entries = try #require(Catalogue.koreanFiles.first { $0.name == file }).entries
    let unused = entries.map(\.pattern).filter { pattern in
      let pieces = Self.pieces(pattern)
      return !Self.sources.contains { source in pieces.allSatisfy(source.contains) }
    }
    #expect(unused == [])
  }

  /// The words between the places; of a count's noun only the singular is written.
  private static func pieces(_ pattern: String) -> [Substring] {
    if let noun = pattern.wholeMatch(of: /\{0\} ([a-z -]+?)s?/) { return [noun.1] }
    return pattern.split(separator: /\{\d\}/)
  }
}
