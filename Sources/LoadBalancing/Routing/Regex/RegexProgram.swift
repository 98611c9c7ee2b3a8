/// A regular expression as steps of a machine that is in several places at once (Thompson's construction).
struct RegexProgram: Sendable {
    enum Step: Sendable, Hashable {
        /// Takes one byte of these.
        case take(ByteSet)
        case assert(RegexNode.Assertion)
        /// Goes on at both places.
        case fork(Int, Int)
        case jump(Int)
        case found
    }

    /// Repetitions are written out, so that a short text can become long.
    private static let sizeLimit = 10_000

    private(set) var steps: [Step] = []

    init(_ node: RegexNode) throws(RegexSyntaxError) {
        try append(node)
        try append(.found)
    }

    private mutating func append(_ step: Step) throws(RegexSyntaxError) {
        guard steps.count < Self.sizeLimit else { throw RegexSyntaxError() }
        steps.append(step)
    }

    private mutating func append(_ node: RegexNode) throws(RegexSyntaxError) {
        switch node {
        case .bytes(let set): try append(.take(set))
        case .assertion(let assertion): try append(.assert(assertion))
        case .sequence(let parts): for part in parts { try append(part) }
        case .choice(let branches): try append(choice: branches[...])
        case .repetition(let part, let from, let to):
            for _ in 0..<from { try append(part) }
            if let to {
                for _ in from..<to { try append(optional: part) }
            } else {
                try append(loop: part)
            }
        }
    }

    /// `fork body, next; body…`
    private mutating func append(optional part: RegexNode) throws(RegexSyntaxError) {
        let fork = steps.count
        try append(.fork(fork + 1, 0))
        try append(part)
        steps[fork] = .fork(fork + 1, steps.count)
    }

    /// `fork body, next; body…; jump fork`
    private mutating func append(loop part: RegexNode) throws(RegexSyntaxError) {
        let fork = steps.count
        try append(.fork(fork + 1, 0))
        try append(part)
        try append(.jump(fork))
        steps[fork] = .fork(fork + 1, steps.count)
    }

    /// `fork first, others; first…; jump next; others…`
    private mutating func append(choice branches: ArraySlice<RegexNode>) throws(RegexSyntaxError) {
        guard let first = branches.first else { return }
        guard branches.count > 1 else { return try append(first) }
        let fork = steps.count
        try append(.fork(fork + 1, 0))
        try append(first)
        let jump = steps.count
        try append(.jump(0))
        steps[fork] = .fork(fork + 1, steps.count)
        try append(choice: branches.dropFirst())
        steps[jump] = .jump(steps.count)
    }
}
