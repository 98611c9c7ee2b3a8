/// A regular expression that is looked for anywhere in a text.
///
/// The time that takes is bounded by the product of both lengths, whatever the expression: clients choose the text, and
/// an event loop waits for the answer.
struct RegularExpression: Sendable {
    private let steps: [RegexProgram.Step]

    /// `nil` where the text is no regular expression, or one of a kind that needs backtracking.
    init?(_ text: String, ignoresCase: Bool) {
        guard
            let node = try? RegexParser.parse(text, ignoresCase: ignoresCase), let program = try? RegexProgram(node)
        else { return nil }
        steps = program.steps
    }

    func occurs(in text: Substring) -> Bool {
        let bytes = text.utf8.span
        var places = Places(count: steps.count)
        var before: [Int] = []
        for position in 0...bytes.count {
            // What was reached by the byte before, and a new beginning here.
            for place in before { add(place, to: &places, at: position, in: bytes) }
            add(0, to: &places, at: position, in: bytes)
            if places.isFound { return true }
            guard position < bytes.count else { return false }
            before.removeAll(keepingCapacity: true)
            for place in places.list {
                if case .take(let set) = steps[place], set.contains(bytes[position]) { before.append(place + 1) }
            }
            places.removeAll()
        }
        return false
    }

    /// Adds a place, and all that can be reached from it without taking a byte.
    private func add(_ place: Int, to places: inout Places, at position: Int, in bytes: borrowing Span<UInt8>) {
        places.open.append(place)
        while let place = places.open.popLast() {
            guard places.insert(place) else { continue }
            switch steps[place] {
            case .take: break
            case .assert(let assertion):
                if Self.holds(assertion, at: position, in: bytes) { places.open.append(place + 1) }
            case .fork(let one, let other):
                places.open.append(other)
                places.open.append(one)
            case .jump(let next): places.open.append(next)
            case .found: places.isFound = true
            }
        }
    }

    private static func holds(
        _ assertion: RegexNode.Assertion, at position: Int, in bytes: borrowing Span<UInt8>
    ) -> Bool {
        let isBehindWord = position > 0 && ByteSet.word.contains(bytes[position - 1])
        let isBeforeWord = position < bytes.count && ByteSet.word.contains(bytes[position])
        return switch assertion {
        case .start: position == 0
        case .end: position == bytes.count
        case .wordBoundary: isBehindWord != isBeforeWord
        case .noWordBoundary: isBehindWord == isBeforeWord
        }
    }
}

/// The steps at which the machine is.
private struct Places {
    private(set) var list: [Int] = []
    /// Those from which is still to be found what can be reached.
    var open: [Int] = []
    private var isMember: [Bool]
    var isFound = false

    init(count: Int) {
        isMember = Array(repeating: false, count: count)
    }

    /// Whether it is new.
    mutating func insert(_ place: Int) -> Bool {
        guard !isMember[place] else { return false }
        isMember[place] = true
        list.append(place)
        return true
    }

    mutating func removeAll() {
        for place in list { isMember[place] = false }
        list.removeAll(keepingCapacity: true)
    }
}
