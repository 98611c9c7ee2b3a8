/// One line of a table, as words.
struct TableLine {
    /// Whether it belongs to the line above.
    var isContinuation: Bool
    private let bytes: Slice<UnsafeBufferPointer<UInt8>>
    private let words: [Slice<UnsafeBufferPointer<UInt8>>]

    init(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
        isContinuation = line.first == UInt8(ascii: " ")
        bytes = isContinuation ? line.dropFirst() : line
        words = bytes.split(separator: UInt8(ascii: " "))
    }

    func word(_ index: Int) -> String {
        String(decoding: words[index], as: UTF8.self)
    }

    /// Whether there is more than a name and a shape.
    var hasDetails: Bool { words.count > 2 }

    /// Whether the flag stands after what the line is about and its name.
    func hasFlag(_ flag: StaticString) -> Bool {
        words.dropFirst(2).contains {
            $0.elementsEqual(UnsafeBufferPointer(start: flag.utf8Start, count: flag.utf8CodeUnitCount))
        }
    }

    /// The value of a setting.
    subscript(setting: StaticString) -> String? {
        let count = setting.utf8CodeUnitCount
        for word in words.dropFirst() where word.count > count && word[word.startIndex + count] == UInt8(ascii: "=") {
            if word.prefix(count).elementsEqual(UnsafeBufferPointer(start: setting.utf8Start, count: count)) {
                return String(decoding: word.dropFirst(count + 1), as: UTF8.self)
            }
        }
        return nil
    }

    func list(_ setting: StaticString) -> [String] {
        self[setting]?.split(separator: ",").map(String.init) ?? []
    }

    func limits<Value: LosslessStringConvertible>(_: Value.Type = Value.self) -> Shape.Limits<Value> {
        Shape.Limits(minimum: self["min"].flatMap { Value($0) }, maximum: self["max"].flatMap { Value($0) })
    }

    /// What follows the first word, to the end of the line.
    var rest: String {
        String(decoding: bytes[(words[0].endIndex + 1)...], as: UTF8.self)
    }
}

/// The lines of a table, with a look at the next one.
struct TableLines {
    private var remaining: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        remaining = bytes[...]
    }

    mutating func next() -> TableLine? {
        guard !remaining.isEmpty else { return nil }
        let end = remaining.firstIndex(of: UInt8(ascii: "\n")) ?? remaining.endIndex
        defer { remaining = remaining[min(end + 1, remaining.endIndex)...] }
        return TableLine(remaining[..<end])
    }

    /// The next line if it belongs to the one before.
    mutating func nextContinuation() -> TableLine? {
        remaining.first == UInt8(ascii: " ") ? next() : nil
    }
}
