import ArgumentParser
import Files

/// Keeps results from taking the place of what they are made from.
enum OutputPlace {
  /// - Parameters:
  ///   - output: `nil` or `-` for standard output.
  ///   - sources: Inputs, stores, and other results.
  /// - Throws: `ValidationError` where the output is one of the sources, by whatever name, or lies in a folder that is to be read.
  static func check(_ output: String?, isNoneOf sources: [String?]) throws {
    guard let output, output != "-" else { return }
    for source in sources.compactMap(\.self) where source != "-" && FileKind.leads(output, to: source) {
      throw ValidationError("'\(output)' would be written over, and is to be read; name another file with --output")
    }
  }
}
