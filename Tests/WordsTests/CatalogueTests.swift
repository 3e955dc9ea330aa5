import Correlator
import Ingestion
import Testing
import Words

/// The Korean catalogue holds what is said of every reason, root cause and fix, and nothing that is said no more.
@Suite struct CatalogueTests {
  private static func missing(_ messages: [Message]) -> [String] {
    messages.map(\.pattern).filter { Language.korean.translation(of: $0) == nil }
  }

  @Test(arguments: ReasonKey.allCases) func `every text of a reason is there`(_ key: ReasonKey) throws {
    let reason = try #require(Reason.of(key))
    let texts = [reason.title, reason.meaning, reason.clause, reason.evidence, reason.remedy]
    #expect(Self.missing(texts) == [])
  }

  @Test(arguments: RootCause.all.map(\.key)) func `every text of a root cause is there`(_ key: String) throws {
    let cause = try #require(RootCause.of(key))
    #expect(Self.missing([cause.title, cause.meaning]) == [])
  }

  @Test func `reasons and root causes are all that their files hold`() {
    let reasons = Reason.all.flatMap { [$0.title, $0.meaning, $0.clause, $0.evidence, $0.remedy] }
    let causes = RootCause.all.flatMap { [$0.title, $0.meaning] }
    #expect(Set(patterns("reasons.po")) == Set(reasons.map(\.pattern)))
    #expect(Set(patterns("root-causes.po")) == Set(causes.map(\.pattern)))
  }

  /// Both ways: what the fixes say in every circumstance is in the file, and what is in the file is said in some.
  @Test func `every fix is there, in all its variants`() {
    var patterns: Set<String> = []
    for fix in FixVariants.all { collect(fix, into: &patterns) }
    let said = patterns.filter { $0.replacing(/\{\d\}/, with: "").contains(where: \.isLetter) }
    #expect(said.subtracting(self.patterns("fixes.po")).sorted() == [])
    #expect(Set(self.patterns("fixes.po")).subtracting(said).sorted() == [])
  }

  @Test func `what a log's format cannot show is there`() {
    let notes = LogFormatCatalogue.all.flatMap(\.cannotShow)
    #expect(notes.count > 20)
    #expect(Self.missing(notes.map(Message.init(kept:))) == [])
  }

  @Test(arguments: Catalogue.koreanFiles.map(\.name)) func `a file's entries are whole`(file: String) throws {
    for (pattern, translation) in try #require(Catalogue.koreanFiles.first { $0.name == file }).entries {
      #expect(places(pattern) == places(translation), "\(pattern)")
      #expect(!translation.isEmpty, "\(pattern)")
      #expect(pattern.first == " " || translation.first != " ", "\(pattern)")
    }
  }

  @Test func `no pattern is there twice`() {
    let all = Catalogue.koreanFiles.flatMap(\.entries).map(\.pattern)
    let twice = Dictionary(grouping: all) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(twice.sorted() == [])
    #expect(all.count > 400)
  }

  private func patterns(_ file: String) -> [String] {
    Catalogue.koreanFiles.first { $0.name == file }?.entries.map(\.pattern) ?? []
  }

  private func places(_ pattern: String) -> [String] { pattern.matches(of: /\{\d\}/).map { String($0.0) }.sorted() }

  /// Adds the patterns of a message and of all within it.
  private func collect(_ message: Message, into patterns: inout Set<String>) {
    patterns.insert(message.pattern)
    for case .message(let inner) in message.arguments { collect(inner, into: &patterns) }
  }
}
