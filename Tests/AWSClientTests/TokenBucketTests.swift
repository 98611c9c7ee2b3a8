import AWSClient
import Testing

struct TokenBucketTests {
    /// One sign a second: a digit takes that many tokens, `!` is a throttled call, `.` lets the second pass.
    ///
    /// The waits are those of every token taken, in whole seconds.
    struct Timeline: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var burst: Int
        var perSecond: Double
        var signs: String
        var waits: [Int]
    }

    @Test(arguments: [
        Timeline(
            testDescription: "a burst is free, and then the rate holds", burst: 3, perSecond: 1, signs: "5",
            waits: [0, 0, 0, 1, 2]),
        Timeline(
            testDescription: "tokens come back with time", burst: 2, perSecond: 1, signs: "2.2",
            waits: [0, 0, 0, 0]),
        Timeline(
            testDescription: "never more than a burst of them", burst: 2, perSecond: 1, signs: "2........3",
            waits: [0, 0, 0, 0, 1]),
        Timeline(
            testDescription: "a throttled call empties the bucket and halves the rate", burst: 9, perSecond: 1,
            signs: "!2", waits: [1, 3]),
    ])
    func keepsToItsRate(_ timeline: Timeline) {
        var bucket = TokenBucket(capacity: timeline.burst, perSecond: timeline.perSecond, at: .zero)
        var waits: [Int] = []
        for (second, sign) in timeline.signs.enumerated() {
            let now = Duration.seconds(second)
            if sign == "!" { bucket.recordThrottling(at: now) }
            for _ in 0..<(sign.wholeNumberValue ?? 0) { waits.append(Int((bucket.take(at: now) / .seconds(1)))) }
        }
        #expect(waits == timeline.waits)
    }

    @Test func successesTakeTheRateBackToWhatIsPublished() {
        var bucket = TokenBucket(capacity: 1, perSecond: 8, at: .zero)
        for _ in 0..<9 { bucket.recordThrottling(at: .zero) }
        #expect(bucket.rate == 0.5)
        for _ in 0..<50 { bucket.recordSuccess(at: .zero) }
        #expect(bucket.rate == 8)
    }

    @Test(arguments: [
        ("ecs", "RegisterTaskDefinition", 20, 1.0), ("ecs", "UpdateService", 50, 5), ("ecs", "RunTask", 100, 40),
        ("ec2", "DescribeSubnets", 100, 20), ("elbv2", "RegisterTargets", 20, 4), ("elbv2", "CreateRule", 40, 10),
    ])
    func theRatesAreThoseOfAWS(_ service: String, _ operation: String, _ burst: Int, _ perSecond: Double) {
        let rule = RateRule.rule(service: service, operation: operation)
        #expect(rule?.burst == burst)
        #expect(rule?.perSecond == perSecond)
    }
}
