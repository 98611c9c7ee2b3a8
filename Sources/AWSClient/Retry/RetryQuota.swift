/// What all calls of a client may spend on retries together, so that a service in trouble is not made worse.
///
/// The numbers are those of AWS's standard mode: 500 to begin with, 5 for a retry, 10 after a timeout; a retry that
/// succeeds gives its cost back, and a call that needs none gives 1.
package struct RetryQuota: Sendable, Hashable {
    static let capacity = 500

    package private(set) var available = Self.capacity

    package init() {}

    /// Takes the cost of one retry; `nil` when there is not enough left.
    package mutating func withdraw(afterTimeout: Bool) -> Int? {
        let cost = afterTimeout ? 10 : 5
        guard available >= cost else { return nil }
        available -= cost
        return cost
    }

    /// - Parameter cost: What the last retry of a successful call has cost; `nil` when it needed none.
    package mutating func deposit(_ cost: Int?) {
        available = min(Self.capacity, available + (cost ?? 1))
    }
}
