/// How often each operation was called.
package struct CallCounts: Sendable, Hashable {
    /// By operation, as in `ecs:CreateService`, without retries.
    package private(set) var calls: [String: Int] = [:]
    /// What was sent again.
    package private(set) var retries: [String: Int] = [:]

    package init() {}

    package var total: Int { calls.values.reduce(0, +) }

    mutating func record(_ operation: String, isRetry: Bool) {
        if isRetry {
            retries[operation, default: 0] += 1
        } else {
            calls[operation, default: 0] += 1
        }
    }
}
