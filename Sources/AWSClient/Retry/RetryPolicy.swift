/// Decides whether a call is tried again, and when: AWS's standard mode.
///
/// A pure value, one for each call. The client feeds it failures and carries out the action it returns.
package struct RetryPolicy: Sendable, Hashable {
    package enum Action: Sendable, Hashable {
        case retry(after: Duration)
        case giveUp
    }

    /// Including the first.
    package var maximumAttempts: Int
    /// Whether the call may be carried out twice without harm.
    package var isRepeatable: Bool
    /// What the last retry has cost; `nil` before the first.
    package private(set) var cost: Int?
    private var hasCorrectedClock = false

    static let base = Duration.seconds(1)
    static let longestDelay = Duration.seconds(20)

    package init(maximumAttempts: Int, isRepeatable: Bool = true) {
        self.maximumAttempts = maximumAttempts
        self.isRepeatable = isRepeatable
    }

    /// - Parameters:
    ///   - attempt: The number of the attempt that failed, from 1.
    ///   - hint: How long the service asks to wait.
    ///   - clockWasWrong: Whether the answer shows that our clock was wrong, and it has been corrected.
    ///   - random: From 0 up to but not including 1.
    package mutating func action(
        after failure: FailureClass, attempt: Int, hint: Duration?, clockWasWrong: Bool, afterTimeout: Bool,
        quota: inout RetryQuota, random: Double
    ) -> Action {
        switch failure {
        case .final: return .giveUp
        case .transient where !isRepeatable: return .giveUp
        case .clockSkew:
            guard clockWasWrong, !hasCorrectedClock else { return .giveUp }
            hasCorrectedClock = true
            return .retry(after: .zero)
        case .transient, .harmless, .throttling: break
        }
        guard attempt < maximumAttempts, let cost = quota.withdraw(afterTimeout: afterTimeout) else { return .giveUp }
        self.cost = cost
        return .retry(after: Self.delay(afterAttempt: attempt, hint: hint, random: random))
    }

    /// Full jitter: anything up to 1 s, 2 s, 4 s and so on, at most 20 s. A service that asks for more gets it, within
    /// the same 20 s.
    static func delay(afterAttempt attempt: Int, hint: Duration?, random: Double) -> Duration {
        let ceiling = base * (1 << min(attempt - 1, 5))
        let jitter = min(ceiling, longestDelay) * random
        guard let hint else { return jitter }
        return max(jitter, min(hint, longestDelay))
    }
}
