/// The ends of a range as they are written; an end that no value reaches is none.
package struct Bounds: Sendable, Hashable {
    package var lower: String?
    package var upper: String?

    /// - Parameter isCount: nothing is less than 0 anyway.
    package init(_ range: ClosedRange<Int>, isCount: Bool = false) {
        lower = range.lowerBound == (isCount ? 0 : .min) ? nil : "\(range.lowerBound)"
        upper = range.upperBound == .max ? nil : "\(range.upperBound)"
    }

    package init(_ range: ClosedRange<Double>) {
        lower = Self.text(range.lowerBound)
        upper = Self.text(range.upperBound)
    }

    private static func text(_ end: Double) -> String? {
        guard end.isFinite else { return nil }
        let text = "\(end)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// After "must be" or "must have": `between 1 and 5`, `at least 1`, `at most 5`, `exactly 1`.
    package var words: String {
        switch (lower, upper) {
        case (let lower?, let upper?): lower == upper ? "exactly \(lower)" : "between \(lower) and \(upper)"
        case (let lower?, nil): "at least \(lower)"
        case (nil, let upper?): "at most \(upper)"
        case (nil, nil): "any"
        }
    }

    /// In a list of facts: `1 to 5`; `nil` when there is no end.
    package var phrase: String? {
        switch (lower, upper) {
        case (let lower?, let upper?) where lower != upper: "\(lower) to \(upper)"
        case (nil, nil): nil
        default: words
        }
    }
}
