/// The type of a value in a manifest.
package indirect enum ValueType: Sendable {
    case string(StringRule)
    case integer(ClosedRange<Int>?)
    case number(ClosedRange<Double>?)
    case boolean
    case list(ListRule)
    /// A map with free keys and values of one type, such as `dockerLabels`.
    case map(of: ValueType)
    case object(ObjectSchema)
    case reference(ReferenceRule)
}

/// What a string may be.
package struct StringRule: Sendable, Equatable {
    /// The values that are documented; empty when any is.
    package var allowed: [String]
    /// In characters.
    package var length: ClosedRange<Int>?
    /// What a part of the text must match, as in JSON Schema: an ECMA regular expression.
    package var pattern: String?
    /// What to write, for who does not read regular expressions: a sentence without a full stop.
    package var patternWords: String?

    package init(
        allowed: [String] = [], length: ClosedRange<Int>? = nil, pattern: String? = nil, patternWords: String? = nil
    ) {
        self.allowed = allowed
        self.length = length
        self.pattern = pattern
        self.patternWords = patternWords
    }
}

/// What a list holds, and when two lists are equal.
package struct ListRule: Sendable {
    package enum Comparison: Sendable, Equatable {
        case ordered
        case set
        /// Elements are matched by the value of this member, in any order.
        case keyed(by: String)
    }

    package var element: ValueType
    package var comparison: Comparison
    package var count: ClosedRange<Int>?

    package init(of element: ValueType, comparison: Comparison = .ordered, count: ClosedRange<Int>? = nil) {
        self.element = element
        self.comparison = comparison
        self.count = count
    }
}

/// A field that takes the name of a managed resource, a literal identifier, or a word that looks something up.
package struct ReferenceRule: Sendable {
    /// The kinds of managed resources it may name; empty when only literals make sense.
    package var kinds: [KindName]
    /// What a literal identifier begins with, such as `arn:` or `subnet-`: anything else is a name.
    package var literalPrefixes: [String]
    /// What the words in `lookupWords` look up; `nil` when the field knows no such word.
    package var lookup: Lookup.Subject?
    /// A literal that has no prefix, such as a cluster's plain name, is accepted where no managed resource has that name.
    package var acceptsPlainNames: Bool

    package init(
        kinds: [KindName] = [], literalPrefixes: [String] = ["arn:"], lookup: Lookup.Subject? = nil,
        acceptsPlainNames: Bool = false
    ) {
        self.kinds = kinds
        self.literalPrefixes = literalPrefixes
        self.lookup = lookup
        self.acceptsPlainNames = acceptsPlainNames
    }
}

/// Something to be asked of the cloud before planning, such as the subnets of the account's default VPC.
package struct Lookup: Sendable, Hashable {
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        case vpc, subnets, securityGroups
    }

    package var subject: Subject
    /// The word in the manifest: `default`.
    package var word: String

    package init(_ subject: Subject, word: String = "default") {
        self.subject = subject
        self.word = word
    }
}
