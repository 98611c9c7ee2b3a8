/// The core schema of YAML 1.2.2, §10.3.2.
///
/// Two kinds of plain number stay the strings they are, because a number would lose what was written: those with a
/// leading zero (`012` is ten in YAML 1.1, twelve in 1.2, and an account number to the person who wrote it), and those that
/// neither `Int` nor a finite `Double` holds.
enum CoreSchema {
    /// The value of a scalar; `nil` when its text is none of the type that its tag says.
    static func value(of text: String, tag: YAMLTag, style: YAMLStyle) -> YAMLScalarValue? {
        switch tag {
        case .none, .refused: style == .plain ? value(ofPlain: text) : .string(text)
        case .nonSpecific, .string: .string(text)
        case .int: int(text)
        case .float: float(text)
        case .bool: bool(text)
        case .null: null(text)
        case .sequence, .mapping: nil
        }
    }

    /// A quick test that lets most strings go: whether a plain scalar can be anything else.
    static func mayBeTyped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            return true
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return text.count == 4 && text[1] | 0x20 == UInt8(ascii: "u")
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return text.count == 4 && text[1] | 0x20 == UInt8(ascii: "r")
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return text.count == 5 && text[1] | 0x20 == UInt8(ascii: "a")
        default:
            return false
        }
    }

    static func value(ofPlain text: String) -> YAMLScalarValue {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            return null(text) ?? .string(text)
        case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            return bool(text) ?? .string(text)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            guard !hasLeadingZero(text) else { return .string(text) }
            return int(text) ?? (isWhole(text) ? nil : float(text)) ?? .string(text)
        default:
            return .string(text)
        }
    }

    static func null(_ text: String) -> YAMLScalarValue? {
        ["", "~", "null", "Null", "NULL"].contains(text) ? .null : nil
    }

    static func bool(_ text: String) -> YAMLScalarValue? {
        switch text {
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: nil
        }
    }

    static func int(_ text: String) -> YAMLScalarValue? {
        let radix = text.hasPrefix("0x") ? 16 : text.hasPrefix("0o") ? 8 : 10
        guard radix != 10 else { return Int(text).map(YAMLScalarValue.int) }
        // `Int` would take a sign here, which the schema does not.
        guard let first = text.dropFirst(2).first, first != "+", first != "-" else { return nil }
        return Int(text.dropFirst(2), radix: radix).map(YAMLScalarValue.int)
    }

    static func float(_ text: String) -> YAMLScalarValue? {
        switch text {
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
        default:
            // `Double` would take hexadecimal, "inf" and "nan" as well.
            guard isDecimal(text.utf8), let value = Double(text), value.isFinite else { return nil }
            return .float(value)
        }
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isDecimal(_ text: String.UTF8View) -> Bool {
        var rest = text[...]
        skipSign(&rest)
        let whole = skipDigits(&rest)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = skipDigits(&rest)
        }
        guard whole + fraction > 0 else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        skipSign(&rest)
        return skipDigits(&rest) > 0 && rest.isEmpty
    }

    private static func isWhole(_ text: String) -> Bool {
        var rest = text.utf8[...]
        skipSign(&rest)
        return rest.allSatisfy(isDigit)
    }

    /// Whether the number begins with a zero that adds nothing.
    private static func hasLeadingZero(_ text: String) -> Bool {
        var rest = text.utf8[...]
        skipSign(&rest)
        guard rest.first == UInt8(ascii: "0"), let second = rest.dropFirst().first else { return false }
        return isDigit(second)
    }

    private static func skipSign(_ text: inout Substring.UTF8View) {
        if text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") { text = text.dropFirst() }
    }

    private static func skipDigits(_ text: inout Substring.UTF8View) -> Int {
        let rest = text.drop(while: isDigit)
        defer { text = rest }
        return text.count - rest.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
