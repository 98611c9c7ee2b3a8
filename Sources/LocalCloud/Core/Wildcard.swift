/// A pattern in which `*` is any text and `?` one character; a backslash takes their meaning from them.
///
/// Matching takes at most the product of both lengths: patterns come from callers, and a call holds up all others.
struct Wildcard: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case any, one
        case character(Character)
    }

    private let parts: [Part]

    init(_ pattern: some StringProtocol) {
        var parts: [Part] = []
        var isEscaped = false
        for character in pattern {
            switch character {
            case "*" where !isEscaped: parts.append(.any)
            case "?" where !isEscaped: parts.append(.one)
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            default: parts.append(.character(character))
            }
            isEscaped = false
        }
        if isEscaped { parts.append(.character("\\")) }
        self.parts = parts
    }

    /// Whether all of the text is as the pattern says.
    func matches(_ text: some StringProtocol) -> Bool {
        let text = Array(text)
        var place = (part: 0, character: 0)
        // Where the last `*` was, and how much of the text it has taken so far.
        var star: (part: Int, taken: Int)?
        while place.character < text.count {
            if place.part < parts.count, parts[place.part] == .any {
                star = (place.part, place.character)
                place.part += 1
            } else if place.part < parts.count, Self.matches(text[place.character], parts[place.part]) {
                place = (place.part + 1, place.character + 1)
            } else if let last = star {
                star = (last.part, last.taken + 1)
                place = (last.part + 1, last.taken + 1)
            } else {
                return false
            }
        }
        return parts[place.part...].allSatisfy { $0 == .any }
    }

    private static func matches(_ character: Character, _ part: Part) -> Bool {
        switch part {
        case .any: false
        case .one: true
        case .character(let wanted): character == wanted
        }
    }
}
