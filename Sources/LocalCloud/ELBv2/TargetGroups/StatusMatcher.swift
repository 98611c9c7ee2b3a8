/// The HTTP statuses that pass a health check, as in `200,202` and `200-299`.
struct StatusMatcher: Sendable, Hashable, Codable {
    let text: String
    let ranges: [ClosedRange<Int>]

    /// The one that target groups begin with.
    static let ok = StatusMatcher(text: "200", ranges: [200...200])

    private init(text: String, ranges: [ClosedRange<Int>]) {
        self.text = text
        self.ranges = ranges
    }

    /// `nil` when the text is malformed or leaves 200 to 499.
    init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count <= 2, ends.allSatisfy({ $0.count == 3 }), let first = ends.first.flatMap({ Int($0) }),
                let last = ends.last.flatMap({ Int($0) }), first <= last, 200 <= first, last <= 499
            else { return nil }
            ranges.append(first...last)
        }
        self.init(text: text, ranges: ranges)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let matcher = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no list of statuses")
        }
        self = matcher
    }
}
