/// The statuses with which a target proves its health, as AWS writes them: `200`, `200,302`, `200-299`.
struct StatusMatcher: Sendable, Equatable {
    private let ranges: [ClosedRange<Int>]

    /// What is no number matches nothing.
    init(_ text: String) {
        ranges = text.split(separator: ",").compactMap { part in
            let bounds = part.split(separator: "-").compactMap { Int($0.filter { $0 != " " }) }
            guard let first = bounds.first, let last = bounds.last, first <= last, bounds.count <= 2 else { return nil }
            return first...last
        }
    }

    /// Any answer that does not come from the load balancer itself, which has no healthy target, cannot reach it, or
    /// waits in vain: for gRPC, whose status is not in the first line.
    static let anyTarget = StatusMatcher("200-501,505-599")

    func matches(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}
