/// Finds the byte at which the n-th character of valid UTF-8 begins.
///
/// libyaml counts characters. In a text of ASCII alone, that is the byte. Elsewhere the cursor walks from the character it
/// found last, which is near: libyaml's marks hardly ever go back.
struct CharacterCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    /// The bytes before the first character: a byte order mark is not counted.
    private let origin: Int
    private var character = 0
    private var byte: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, origin: Int, isASCII: Bool) {
        self.bytes = bytes
        self.isASCII = isASCII
        self.origin = origin
        self.byte = origin
    }

    /// The offset of the character, or of the end of the text.
    @inline(__always)
    mutating func byte(ofCharacter index: Int) -> Int {
        isASCII ? min(origin + index, bytes.count) : walk(to: index)
    }

    private mutating func walk(to index: Int) -> Int {
        while character < index, byte < bytes.count {
            switch bytes[byte] {
            case ..<0x80: byte += 1
            case ..<0xE0: byte += 2
            case ..<0xF0: byte += 3
            default: byte += 4
            }
            character += 1
        }
        while character > index {
            byte -= 1
            while UTF8.isContinuation(bytes[byte]) { byte -= 1 }
            character -= 1
        }
        return byte
    }
}
