/// Some of the 256 bytes.
struct ByteSet: Sendable, Hashable {
    private var low: UInt128 = 0
    private var high: UInt128 = 0

    static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
    static let lowercase = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
    static let uppercase = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    static let letters = lowercase.union(uppercase)
    static let word = letters.union(digits).union(ByteSet(of: "_"))
    static let space = ByteSet(of: " \t\n\u{B}\u{C}\r")
    static let notNewline = ByteSet(of: "\n").inverted

    init() {}

    init(_ range: ClosedRange<UInt8>) {
        for byte in range { insert(byte) }
    }

    init(_ byte: UInt8) {
        insert(byte)
    }

    init(of text: String) {
        for byte in text.utf8 { insert(byte) }
    }

    func contains(_ byte: UInt8) -> Bool {
        byte < 128 ? low >> byte & 1 == 1 : high >> (byte - 128) & 1 == 1
    }

    func union(_ other: ByteSet) -> ByteSet {
        var result = self
        result.low |= other.low
        result.high |= other.high
        return result
    }

    var inverted: ByteSet {
        var result = self
        result.low = ~low
        result.high = ~high
        return result
    }

    /// The byte, where it is but one.
    var onlyByte: UInt8? {
        guard low.nonzeroBitCount + high.nonzeroBitCount == 1 else { return nil }
        return UInt8(low == 0 ? 128 + high.trailingZeroBitCount : low.trailingZeroBitCount)
    }

    /// With each letter also the other one that differs from it by case alone.
    var ignoringCase: ByteSet {
        let letters = low & Self.letters.low
        var result = self
        result.low |= (letters & Self.uppercase.low) << 32 | (letters & Self.lowercase.low) >> 32
        return result
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 128 { low |= 1 << byte } else { high |= 1 << (byte - 128) }
    }
}
