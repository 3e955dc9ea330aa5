/// Names in letters that are not ASCII, as they go over the network (RFC 3492 *Punycode*; RFC 5891, 4.4).
///
/// Of the mapping that browsers make beforehand (UTS 46) only case and full stops: exporters write what a browser made of the rest.
enum Punycode {
  private static let (base, least, most, skew, damp) = (36, 1, 26, 38, 700)

  /// The name with each label that needs it in its ASCII form; `nil` where one cannot be encoded.
  static func domain(_ name: String) -> String? {
    let stops: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
    let labels = name.lowercased().unicodeScalars.split(omittingEmptySubsequences: false) { stops.contains($0) }
    var found: [String] = []
    for label in labels {
      guard label.contains(where: { !$0.isASCII }) else {
        found.append(String(String.UnicodeScalarView(label)))
        continue
      }
      guard let encoded = encoded(Array(label)) else { return nil }
      found.append("xn--" + encoded)
    }
    return found.joined(separator: ".")
  }

  /// RFC 3492, 6.3.
  private static func encoded(_ label: [Unicode.Scalar]) -> String? {
    var output = label.filter(\.isASCII).map { UInt8($0.value) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias) = (128, 0, 72)
    while handled < label.count {
      guard let least = label.map({ Int($0.value) }).filter({ $0 >= next }).min() else { return nil }
      let (step, overflows) = (least - next).multipliedReportingOverflow(by: handled + 1)
      guard !overflows, delta + step < Int(Int32.max) else { return nil }
      delta += step
      next = least
      for scalar in label {
        if Int(scalar.value) < next { delta += 1 }
        guard Int(scalar.value) == next else { continue }
        append(delta, bias, to: &output)
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
    var rest = delta
    var place = base
    while true {
      let threshold = min(max(place - bias, least), most)
      if rest < threshold { break }
      output.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      place += base
    }
    output.append(digit(rest))
  }

  /// RFC 3492, 6.1.
  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var steps = 0
    while delta > (base - least) * most / 2 {
      delta /= base - least
      steps += base
    }
    return steps + (base - least + 1) * delta / (delta + skew)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 26 ? 0x61 + value : 0x30 + value - 26)
  }
}
