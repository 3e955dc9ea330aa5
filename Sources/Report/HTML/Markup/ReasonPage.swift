import Correlator

/// The page on MDN about one reason: an address that the catalogue, not the input, holds.
struct ReasonPage {
  let address: String

  init(_ reason: Reason) { address = reason.mdnAddress }
}
