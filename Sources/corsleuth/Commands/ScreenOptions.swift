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

  func validate() throws {
    if let width, !(1...Terminal.widest).contains(width) {
      throw ValidationError("--width takes a number of columns from 1 to \(Terminal.widest)")
    }
  }

  var columns: Int { width ?? Terminal.width }

  var language: Language { speaking.language }
}
