/// The natural logarithm of a positive number, to twelve digits: pure modules have no C library.
func log(_ value: Double) -> Double {
  guard value > 0 else { return -.infinity }
  guard value.isFinite else { return value }
  var significand = value.significand
  var exponent = Double(value.exponent)
  if significand > 1.414_213_562_373_095_1 {
    significand /= 2
    exponent += 1
  }
  // log m = 2 artanh((m - 1) / (m + 1)), with |argument| below 0.172.
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  var term = ratio
  var sum = 0.0
  for odd in stride(from: 1.0, through: 15, by: 2) {
    sum += term / odd
    term *= square
  }
  return 2 * sum + exponent * 0.693_147_180_559_945_3
}

/// e to the power of a number, to twelve digits.
func exp(_ value: Double) -> Double {
  guard value > -700 else { return 0 }
  guard value < 700 else { return .infinity }
  let exponent = (value / 0.693_147_180_559_945_3).rounded()
  let rest = value - exponent * 0.693_147_180_559_945_3
  var term = 1.0
  var sum = 1.0
  for index in 1...14 {
    term *= rest / Double(index)
    sum += term
  }
  return sum * Double(sign: .plus, exponent: Int(exponent), significand: 1)
}
