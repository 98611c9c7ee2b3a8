/// A part of a regular expression.
indirect enum RegexNode: Sendable, Hashable {
    /// A place between bytes.
    enum Assertion: Sendable, Hashable {
        case start, end, wordBoundary, noWordBoundary
    }

    /// One byte of these.
    case bytes(ByteSet)
    case assertion(Assertion)
    case sequence([RegexNode])
    /// One of these.
    case choice([RegexNode])
    /// So often; `nil`: without limit.
    case repetition(RegexNode, from: Int, to: Int?)
}

/// A text that is no regular expression, or one beyond what can be found in linear time.
struct RegexSyntaxError: Error, Hashable {}
