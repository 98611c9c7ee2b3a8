/// The classes of bytes from which RFC 9110 §5.6 and RFC 9112 build a message.
extension UInt8 {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let slash = UInt8(ascii: "/")

    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    /// `ALPHA`, whatever its case.
    var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

    var isWhitespace: Bool { self == .space || self == .tab }

    /// `tchar`: what names and methods consist of.
    var isToken: Bool {
        if isLetter || isDigit { return true }
        return switch self {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#"),
            UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// `field-vchar`, spaces and tabs: no controls, so neither NUL nor a bare CR.
    var isFieldContent: Bool { (self >= 0x20 && self != 0x7F) || self == .tab }

    /// What is visible, except the `#` that no request may send. Bytes beyond ASCII are passed on, as browsers of
    /// old and command-line clients send them unencoded.
    var isTarget: Bool { self > 0x20 && self != 0x7F && self != UInt8(ascii: "#") }

    /// `uri-host` and the colon before the port.
    var isHost: Bool {
        if isLetter || isDigit { return true }
        return switch self {
        case UInt8(ascii: "-"), UInt8(ascii: "."), .colon, UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: false
        }
    }

    /// The value of a hexadecimal digit.
    var hexadecimalValue: Int? {
        if isDigit { return Int(self - UInt8(ascii: "0")) }
        let lowercase = self | 0x20
        return UInt8(ascii: "a")...UInt8(ascii: "f") ~= lowercase ? Int(lowercase - UInt8(ascii: "a")) + 10 : nil
    }

    /// ASCII letters in lowercase, everything else as it is.
    var lowercased: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }
}

extension Span<UInt8> {
    /// Whether the bytes there are this text, which is in lowercase; they may be in any case.
    func isEqual(_ range: Range<Int>, _ lowercase: StaticString) -> Bool {
        guard range.count == lowercase.utf8CodeUnitCount else { return false }
        return lowercase.withUTF8Buffer { text in
            for index in 0..<text.count where self[range.lowerBound + index].lowercased != text[index] {
                return false
            }
            return true
        }
    }

    /// The range without the spaces and tabs at its ends.
    func trimming(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, self[lower].isWhitespace { lower += 1 }
        while lower < upper, self[upper - 1].isWhitespace { upper -= 1 }
        return lower..<upper
    }
}
