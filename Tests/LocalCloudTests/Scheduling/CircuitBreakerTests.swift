import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct CircuitBreakerTests {
    /// Half of the desired count, rounded up, at least 3 and at most 200.
    @Test(arguments: [(1, 3), (6, 3), (7, 4), (25, 13), (400, 200), (800, 200)])
    func countsHalfOfTheDesiredTasks(_ desired: Int, _ failures: Int) {
        let breaker = CircuitBreaker(["deploymentCircuitBreaker": ["enable": true, "rollback": false]])
        #expect(!breaker.isTriggered(failedTasks: failures - 1, desired: desired))
        #expect(breaker.isTriggered(failedTasks: failures, desired: desired))
    }

    @Test(arguments: [
        ("COUNT", 1, 100, 1), ("COUNT", 7, 1, 7), ("BOUNDED_PERCENT", 10, 10, 3), ("BOUNDED_PERCENT", 100, 500, 200),
        ("UNBOUNDED_PERCENT", 10, 10, 1), ("UNBOUNDED_PERCENT", 100, 500, 500), ("UNBOUNDED_PERCENT", 25, 10, 3),
    ])
    func goesByItsThreshold(_ type: String, _ value: Int, _ desired: Int, _ failures: Int) {
        let breaker = CircuitBreaker([
            "deploymentCircuitBreaker": [
                "enable": true, "rollback": true,
                "thresholdConfiguration": ["type": .string(type), "value": .int(value)],
            ]
        ])
        #expect(breaker.failuresAllowed(desired: desired) == failures)
        #expect(breaker.rollsBack)
    }

    @Test("a breaker that is not enabled never triggers")
    func isOff() {
        #expect(!CircuitBreaker(nil).isTriggered(failedTasks: 1000, desired: 1))
    }

    /// Failures, and the seconds before the next start of a service of two tasks.
    @Test(arguments: [(0, nil), (2, nil), (3, 1), (4, 2), (8, 32), (100, 1620)] as [(Int, Double?)])
    func startsWaitLongerAndLonger(_ failures: Int, _ delay: Double?) {
        #expect(StartBackoff.delay(afterFailures: failures, desired: 2) == delay)
    }
}
