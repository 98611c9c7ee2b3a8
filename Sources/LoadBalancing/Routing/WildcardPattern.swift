/// A text in which `*` stands for any characters, also none, and `?` for exactly one.
///
/// What is compared are bytes, as in the rest of HTTP; without regard to case means that of ASCII.
struct WildcardPattern: Sendable {
    private enum Token: Sendable, Equatable {
        case byte(UInt8)
        case one
        case many
    }

    private let tokens: [Token]
    private let ignoresCase: Bool

    /// - Parameter escapes: whether `\` takes the meaning from the wildcard behind it.
    init(_ text: String, ignoresCase: Bool, escapes: Bool = false) {
        self.ignoresCase = ignoresCase
        var tokens: [Token] = []
        var isEscaped = false
        for byte in text.utf8 {
            if escapes, !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            switch byte {
            case UInt8(ascii: "*") where !isEscaped:
                if tokens.last != .many { tokens.append(.many) }
            case UInt8(ascii: "?") where !isEscaped:
                tokens.append(.one)
            default:
                tokens.append(.byte(ignoresCase ? byte.lowercasedASCII : byte))
            }
            isEscaped = false
        }
        self.tokens = tokens
    }

    /// Takes at most the product of both lengths: only the last `*` is ever gone back to.
    func matches(_ text: Substring) -> Bool {
        let bytes = text.utf8.span
        var position = 0
        var token = 0
        var lastMany: (token: Int, position: Int)?
        while position < bytes.count {
            if token < tokens.count, tokens[token] == .many {
                lastMany = (token, position)
                token += 1
            } else if token < tokens.count, accepts(tokens[token], bytes[position]) {
                token += 1
                position += 1
            } else if let many = lastMany {
                lastMany = (many.token, many.position + 1)
                token = many.token + 1
                position = many.position + 1
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .many }
    }

    private func accepts(_ token: Token, _ byte: UInt8) -> Bool {
        switch token {
        case .byte(let expected): expected == (ignoresCase ? byte.lowercasedASCII : byte)
        case .one: true
        case .many: false
        }
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
