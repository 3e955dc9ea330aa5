import ArgumentParser
import Words

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// How text is laid out for its reader: shared by the commands that print reports.
struct ScreenOptions: ParsableArguments {
  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  @Option(help: ArgumentHelp("Lay the text out for so many columns.", valueName: "columns"))
  var width: Int?

  @OptionGroup
  var speaking: LanguageOptions

  var columns: Int { width ?? Terminal.width }

  var language: Language { speaking.language }
}
