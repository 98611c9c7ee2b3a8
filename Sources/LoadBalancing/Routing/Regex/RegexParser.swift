/// Reads a regular expression in the common notation, without what needs backtracking: lookaround, backreferences,
/// atomic groups, possessive quantifiers. Unicode classes are left out too.
///
/// It is about bytes: a character beyond ASCII is a sequence of them, and is not allowed within brackets.
struct RegexParser {
    private static let repetitionLimit = 1000
    private static let depthLimit = 100

    private var rest: Substring.UTF8View
    private var ignoresCase: Bool
    private var depth = 0

    private init(_ text: String, ignoresCase: Bool) {
        rest = text[...].utf8
        self.ignoresCase = ignoresCase
    }

    static func parse(_ text: String, ignoresCase: Bool) throws(RegexSyntaxError) -> RegexNode {
        var parser = RegexParser(text, ignoresCase: ignoresCase)
        let node = try parser.choice()
        guard parser.rest.isEmpty else { throw RegexSyntaxError() }
        return node
    }

    // MARK: Structure

    private mutating func choice() throws(RegexSyntaxError) -> RegexNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(RegexSyntaxError) -> RegexNode {
        var parts: [RegexNode] = []
        while let next = rest.first, next != UInt8(ascii: "|"), next != UInt8(ascii: ")") {
            guard let atom = try atom() else { continue }
            parts.append(try repeated(atom))
        }
        return .sequence(parts)
    }

    /// `nil` for what stands for nothing itself, as `(?i)`.
    private mutating func atom() throws(RegexSyntaxError) -> RegexNode? {
        let byte = rest.removeFirst()
        switch byte {
        case UInt8(ascii: "("): return try group()
        case UInt8(ascii: "["): return .bytes(try bracket())
        case UInt8(ascii: "."): return .bytes(.notNewline)
        case UInt8(ascii: "^"): return .assertion(.start)
        case UInt8(ascii: "$"): return .assertion(.end)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): throw RegexSyntaxError()
        case UInt8(ascii: "\\"): return try escaped()
        default: return literal(byte)
        }
    }

    private mutating func group() throws(RegexSyntaxError) -> RegexNode? {
        let outerCase = ignoresCase
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.depthLimit else { throw RegexSyntaxError() }
        if take("?i)") {
            ignoresCase = true
            return nil
        }
        if take("?i:") {
            ignoresCase = true
        } else if take("?P<") || startsName() && take("?<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { throw RegexSyntaxError() }
            rest = rest[rest.index(after: end)...]
        } else if rest.first == UInt8(ascii: "?"), !take("?:") {
            throw RegexSyntaxError()
        }
        let node = try choice()
        guard take(")") else { throw RegexSyntaxError() }
        ignoresCase = outerCase
        return node
    }

    /// Whether what follows is `?<name>`, and not `?<=` or `?<!`.
    private func startsName() -> Bool {
        rest.starts(with: "?<".utf8) && rest.dropFirst(2).first.map { ByteSet.letters.contains($0) } == true
    }

    private mutating func repeated(_ atom: RegexNode) throws(RegexSyntaxError) -> RegexNode {
        guard let (from, to) = try quantifier() else { return atom }
        // Which of several matches is found first makes no difference here.
        _ = take("?")
        let another = try quantifier()
        guard another == nil else { throw RegexSyntaxError() }
        return .repetition(atom, from: from, to: to)
    }

    private mutating func quantifier() throws(RegexSyntaxError) -> (from: Int, to: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = rest
        guard take("{"), let from = number() else {
            rest = start
            return nil
        }
        let hasComma = take(",")
        let to = hasComma ? number() : from
        guard take("}") else {
            rest = start
            return nil
        }
        guard from <= to ?? from, max(from, to ?? 0) <= Self.repetitionLimit else { throw RegexSyntaxError() }
        return (from, to)
    }

    // MARK: Bytes

    private func literal(_ byte: UInt8) -> RegexNode {
        .bytes(ignoresCase ? ByteSet(byte).ignoringCase : ByteSet(byte))
    }

    private mutating func escaped() throws(RegexSyntaxError) -> RegexNode {
        guard let byte = rest.first else { throw RegexSyntaxError() }
        let assertions: [UInt8: RegexNode.Assertion] = [
            UInt8(ascii: "b"): .wordBoundary, UInt8(ascii: "B"): .noWordBoundary,
            UInt8(ascii: "A"): .start, UInt8(ascii: "z"): .end, UInt8(ascii: "Z"): .end,
        ]
        if let assertion = assertions[byte] {
            rest.removeFirst()
            return .assertion(assertion)
        }
        let set = try escapedSet()
        return .bytes(ignoresCase ? set.ignoringCase : set)
    }

    /// What a backslash, which is read already, makes of the bytes behind it.
    private mutating func escapedSet() throws(RegexSyntaxError) -> ByteSet {
        guard let byte = rest.popFirst() else { throw RegexSyntaxError() }
        switch byte {
        case UInt8(ascii: "d"): return .digits
        case UInt8(ascii: "D"): return ByteSet.digits.inverted
        case UInt8(ascii: "w"): return .word
        case UInt8(ascii: "W"): return ByteSet.word.inverted
        case UInt8(ascii: "s"): return .space
        case UInt8(ascii: "S"): return ByteSet.space.inverted
        case UInt8(ascii: "t"): return ByteSet(of: "\t")
        case UInt8(ascii: "n"): return ByteSet(of: "\n")
        case UInt8(ascii: "r"): return ByteSet(of: "\r")
        case UInt8(ascii: "f"): return ByteSet(of: "\u{C}")
        case UInt8(ascii: "v"): return ByteSet(of: "\u{B}")
        case UInt8(ascii: "x"):
            guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                throw RegexSyntaxError()
            }
            rest.removeFirst(2)
            return ByteSet(code)
        default:
            // Letters and digits that are nothing here mean what is left out, as `\1` and `\p`.
            guard byte < 128, !ByteSet.letters.union(.digits).contains(byte) else { throw RegexSyntaxError() }
            return ByteSet(byte)
        }
    }

    private mutating func bracket() throws(RegexSyntaxError) -> ByteSet {
        let isInverted = take("^")
        var result = ByteSet()
        var isFirst = true
        while isFirst || rest.first != UInt8(ascii: "]") {
            isFirst = false
            if let named = try namedSet() {
                result = result.union(named)
                continue
            }
            let (set, start) = try bracketMember()
            if let start, rest.first == UInt8(ascii: "-"), rest.dropFirst().first != UInt8(ascii: "]") {
                rest.removeFirst()
                guard let end = try bracketMember().byte, start <= end else { throw RegexSyntaxError() }
                result = result.union(ByteSet(start...end))
            } else {
                result = result.union(set)
            }
        }
        rest.removeFirst()
        if ignoresCase { result = result.ignoringCase }
        return isInverted ? result.inverted : result
    }

    /// A member of a bracket, and the byte that it is where it is but one.
    private mutating func bracketMember() throws(RegexSyntaxError) -> (set: ByteSet, byte: UInt8?) {
        guard let byte = rest.popFirst(), byte < 128 else { throw RegexSyntaxError() }
        guard byte == UInt8(ascii: "\\") else { return (ByteSet(byte), byte) }
        if take("b") { return (ByteSet(8), 8) }
        let set = try escapedSet()
        return (set, set.onlyByte)
    }

    private mutating func namedSet() throws(RegexSyntaxError) -> ByteSet? {
        guard take("[:") else { return nil }
        let isInverted = take("^")
        guard let name = Self.names.keys.first(where: { rest.starts(with: "\($0):]".utf8) }), let set = Self.names[name]
        else { throw RegexSyntaxError() }
        rest.removeFirst(name.utf8.count + 2)
        return isInverted ? set.inverted : set
    }

    private static let names: [String: ByteSet] = [
        "alnum": ByteSet.letters.union(.digits), "alpha": .letters, "blank": ByteSet(of: " \t"),
        "cntrl": ByteSet(0...31).union(ByteSet(127)), "digit": .digits, "graph": ByteSet(33...126),
        "lower": .lowercase, "print": ByteSet(32...126), "space": .space, "upper": .uppercase, "word": .word,
        "punct": ByteSet(of: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
        "xdigit": ByteSet.digits.union(ByteSet(of: "abcdefABCDEF")),
    ]

    // MARK: Text

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest.removeFirst(text.utf8.count)
        return true
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { ByteSet.digits.contains($0) }
        guard let number = Int(Substring(digits)) else { return nil }
        rest.removeFirst(digits.count)
        return number
    }
}
