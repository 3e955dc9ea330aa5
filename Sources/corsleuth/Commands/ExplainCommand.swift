import ArgumentParser
import Correlator
import Report
import Words

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a reason or a root cause: what the browser checks, what it looks like, how to fix it.",
    discussion: "Without a name it lists the fifteen reasons and the root causes.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown
  }

  @Option(help: "How to show it.")
  var format = Format.text

  @Option(
    help: ArgumentHelp("Show the configuration of this server alone.", valueName: "name"),
    completion: .list(ServerProduct.allCases.map { $0.rawValue.lowercased().replacing(" ", with: "-") }))
  var server: String?

  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  @OptionGroup
  var speaking: LanguageOptions

  @Argument(help: ArgumentHelp("A reason such as CORSMissingAllowOrigin, or a root cause's key.", valueName: "reason"))
  var name: String?

  func validate() throws {
    guard let server, ServerProduct(named: server) == nil else { return }
    let names = ServerProduct.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("no configuration is known for '\(server)'; there are \(names)")
  }

  func run() throws {
    let product = server.flatMap(ServerProduct.init(named:))
    let language = speaking.language
    let style = Terminal.style(color, toFile: false)
    let width = min(100, Terminal.width)
    let text: String
    if let name {
      let explanation: Explanation
      if let reason = ReasonName.find(name).flatMap(Reason.of) {
        explanation = Explanation(reason, server: product, in: language)
      } else if let cause = RootCause.of(name.lowercased()) {
        explanation = Explanation(cause, server: product, in: language)
      } else {
        throw ValidationError("'\(name)' is neither a reason nor a root cause; 'corsleuth explain' lists them")
      }
      if product != nil, !explanation.isConfigured {
        Diagnostics().note("no server's configuration mends \(name)")
      }
      text = format == .markdown ? explanation.markdown : explanation.text(width: width, style: style)
    } else {
      text = Explanation.list(width: width, style: style, in: language)
    }
    try Output.print(text)
  }
}
