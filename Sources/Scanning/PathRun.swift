/// One run of a path segment, between `-`, `_`, `.` and their like.
enum PathRun {
  enum Kind {
    case word, number, token
  }

  /// What the run `bytes[start..<end]` looks like.
  static func kind(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Kind {
    var digits = 0
    var hex = 0
    var letters = 0
    var turns = 0
    var classOfLast = 0
    var leadingLetters = 0
    for index in start..<end {
      let byte = bytes[index]
      var kind = 3
      if byte &- 48 < 10 {
        digits += 1
        hex += 1
        kind = 1
      } else if (byte | 0x20) &- 97 < 26 {
        letters += 1
        if (byte | 0x20) &- 97 < 6 { hex += 1 }
        if digits == 0 { leadingLetters += 1 }
        kind = byte & 0x20 == 0 ? 2 : 3
      }
      // A capital that opens a word is no turn: only what breaks the rhythm of words counts.
      if index > start, kind != classOfLast, !(kind == 3 && classOfLast == 2) { turns += 1 }
      classOfLast = kind
    }
    let length = end - start
    if digits == length { return .number }
    guard digits + letters == length else { return .word }
    if hex == length, digits > 0, length >= 8 { return .token }
    if hex == length, length >= 24 { return .token }
    if digits > 0, length >= 16 { return .token }
    if digits > 0, length >= 9, turns >= 3 { return .token }
    if leadingLetters <= 3, digits >= 5, leadingLetters + digits == length { return .token }
    if digits == 0, length >= 16, turns * 3 >= length { return .token }
    return .word
  }

  /// 8-4-4-4-12 hexadecimal digits.
  static func isUUID(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start == 36 else { return false }
    for offset in 0..<36 {
      let byte = bytes[start + offset]
      if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
        guard byte == UInt8(ascii: "-") else { return false }
      } else {
        guard byte &- 48 < 10 || (byte | 0x20) &- 97 < 6 else { return false }
      }
    }
    return true
  }

  static func isYear(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    end - start == 4
      && (bytes[start] == UInt8(ascii: "1") && bytes[start + 1] == UInt8(ascii: "9")
        || bytes[start] == UInt8(ascii: "2") && bytes[start + 1] == UInt8(ascii: "0"))
  }
}

/// Dates in paths: `2025-03-12`, `20250312`, `2025-03-12T10:15:32Z`, and the three segments `2025/03/12`.
enum PathDate {
  /// Where the date that begins at `start` ends: at `stop`, or after the month and day segments behind a year.
  static func end(_ bytes: Span<UInt8>, from start: Int, to stop: Int, limit: Int) -> Int? {
    guard stop - start >= 4, PathRun.isYear(bytes, start, start + 4), number(bytes, start, start + 4) != nil else {
      return nil
    }
    let length = stop - start
    if length == 4 {
      guard let month = part(bytes, stop, limit, 1...12) else { return nil }
      return part(bytes, month, limit, 1...31) ?? month
    }
    if length == 8 { return isMonthAndDay(bytes, start + 4, start + 6) ? stop : nil }
    guard length >= 7, bytes[start + 4] == UInt8(ascii: "-") else { return nil }
    if length == 7 { return (1...12).contains(number(bytes, start + 5, stop) ?? 0) ? stop : nil }
    guard length >= 10, bytes[start + 7] == UInt8(ascii: "-"), isMonthAndDay(bytes, start + 5, start + 8) else {
      return nil
    }
    if length == 10 { return stop }
    let mark = bytes[start + 10]
    return mark == UInt8(ascii: "T") || mark == UInt8(ascii: "t") ? stop : nil
  }

  private static func isMonthAndDay(_ bytes: Span<UInt8>, _ month: Int, _ day: Int) -> Bool {
    (1...12).contains(number(bytes, month, month + 2) ?? 0) && (1...31).contains(number(bytes, day, day + 2) ?? 0)
  }

  /// The end of the two-digit segment behind the slash at `slash`, when its number is in `range`.
  private static func part(_ bytes: Span<UInt8>, _ slash: Int, _ limit: Int, _ range: ClosedRange<Int>) -> Int? {
    guard slash + 3 <= limit, bytes[slash] == UInt8(ascii: "/"),
      slash + 3 == limit || bytes[slash + 3] == UInt8(ascii: "/"),
      range.contains(number(bytes, slash + 1, slash + 3) ?? 0)
    else { return nil }
    return slash + 3
  }

  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var value = 0
    for index in start..<end {
      let digit = bytes[index] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

/// Classes of bytes in a path.
enum PathByte {
  static func isAlphanumeric(_ byte: UInt8) -> Bool { byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 }

  /// What a URL's scheme is made of.
  static func isWord(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }

  static func separatesRuns(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "~"),
      UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "="):
      true
    default: false
    }
  }
}
