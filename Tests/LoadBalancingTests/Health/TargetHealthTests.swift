import LoadBalancing
import TestSupport
import Testing

/// Results of checks, oldest first: `+` passed, `-` timed out, `x` answered with 500.
///
/// Actions line up underneath: `▲` healthy, `▼` timed out, `✖` unhealthy with 500, `·` nothing.
struct History: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var results: String
    var actions: String
}

@Suite(.tags(.small))
struct TargetHealthTests {
    private static let check = HealthCheck(healthyThreshold: 3, unhealthyThreshold: 2)

    private static func result(_ letter: Character) -> ProbeResult {
        switch letter {
        case "+": .passed
        case "-": .failed(.timeout)
        default: .failed(.status(500))
        }
    }

    private static func letter(_ action: TargetHealth.Action) -> Character {
        switch action {
        case .report(.healthy): "▲"
        case .report(.unhealthy(.timeout)): "▼"
        case .report: "✖"
        case .nothing: "·"
        }
    }

    @Test(arguments: [
        History(
            testDescription: "a new target is healthy with the first check that passes",
            results: "+++",
            actions: "▲··"),
        History(
            testDescription: "a new target may fail below the threshold first",
            results: "-+",
            actions: "·▲"),
        History(
            testDescription: "a new target that fails as often as the threshold says is unhealthy",
            results: "--++++",
            actions: "·▼··▲·"),
        History(
            testDescription: "failures in a row take a target out, passes in a row bring it back",
            results: "+--++-+++",
            actions: "▲·▼·····▲"),
        History(
            testDescription: "a failure alone is forgiven",
            results: "+-+-+-+",
            actions: "▲······"),
        History(
            testDescription: "an unhealthy target tells of its last failure",
            results: "-xx-+x+++",
            actions: "·✖·▼·✖··▲"),
    ])
    func becomes(_ history: History) {
        var health = TargetHealth()
        let actions = history.results.map { Self.letter(health.record(Self.result($0), of: Self.check)) }
        #expect(String(actions) == history.actions)
    }

    @Test("a threshold that changes counts for what was counted before")
    func thresholds() {
        var health = TargetHealth()
        #expect(health.record(.failed(.timeout), of: HealthCheck(unhealthyThreshold: 5)) == .nothing)
        #expect(health.status == .initial)
        #expect(
            health.record(.failed(.timeout), of: HealthCheck(unhealthyThreshold: 2)) == .report(.unhealthy(.timeout)))
        #expect(health.record(.passed, of: HealthCheck(healthyThreshold: 1)) == .report(.healthy))
    }
}
