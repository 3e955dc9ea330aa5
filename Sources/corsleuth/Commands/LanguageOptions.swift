import ArgumentParser
import Words

extension Language: ExpressibleByArgument {}

/// What people are told things in: shared by the commands that print words of the catalogue.
struct LanguageOptions: ParsableArguments {
  @Option(help: "The language of what is told to people; without it, the locale's.")
  var lang: Language?

  var language: Language { lang ?? Terminal.language }
}
