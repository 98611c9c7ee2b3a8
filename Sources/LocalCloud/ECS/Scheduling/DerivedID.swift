/// Makes ids for what the cloud makes by itself, when no caller has brought fresh ones: the same from the same text,
/// another from another.
struct DerivedID: Sendable {
    private var state: UInt64

    /// - Parameter text: what the id is of; unique, as it starts from an id that is.
    init(_ text: String) {
        state = 0xcbf2_9ce4_8422_2325  // FNV-1a
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    /// Lower-case hexadecimal digits.
    func hex(_ digits: Int) -> String {
        var copy = self
        var text = ""
        while text.count < digits {
            let part = String(copy.next(), radix: 16)
            text += String(repeating: "0", count: 16 - part.count) + part
        }
        return String(text.prefix(digits))
    }

    /// Decimal digits.
    func decimal(_ digits: Int) -> String {
        var copy = self
        var text = ""
        while text.count < digits { text += String(copy.next() % 1_000_000_000) }
        return String(text.prefix(digits))
    }

    /// As in `f81d4fae-7dec-41d0-a765-00a0c91e6bf6`.
    func uuid() -> String {
        var text = hex(32)
        for offset in [20, 16, 12, 8] { text.insert("-", at: text.index(text.startIndex, offsetBy: offset)) }
        return text
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
