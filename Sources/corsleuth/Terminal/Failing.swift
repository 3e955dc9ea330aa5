import ArgumentParser
import Files
import Store

/// Runs a command's work; a failure of the world becomes a sentence and the contract's exit status.
func reportingFailures(_ diagnostics: Diagnostics, writing: Bool = false, _ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as StoreError {
    diagnostics.problem(error)
    throw ExitCode(ExitStatus.of(error, writing: writing))
  } catch let error as FileError {
    diagnostics.problem(error.description)
    throw ExitCode(ExitStatus.of(error))
  }
}
