import ReconcileCLI
import TestSupport
import Testing

@Suite("Durations on the command line", .tags(.small))
struct DurationArgumentTests {
    @Test(arguments: [
        ("90", Duration.seconds(90)), ("90s", .seconds(90)), ("15m", .seconds(900)), ("2h", .seconds(7200)),
        ("1h30m", .seconds(5400)), ("1h2m3s4ms", .seconds(3723) + .milliseconds(4)), ("250ms", .milliseconds(250)),
    ])
    func `are whole numbers with units, the greatest first`(text: String, duration: Duration) {
        #expect(DurationArgument(argument: text)?.duration == duration)
    }

    @Test(arguments: [
        "", "0", "0s", "-5s", "1.5h", "5 m", "m", "5x", "30s1m", "1m1m", "1h30", "s5", "99999999h", "５m",
    ])
    func `are nothing else`(text: String) {
        #expect(DurationArgument(argument: text) == nil)
    }

    @Test(arguments: [
        (Duration.zero, "0s"), (.milliseconds(850), "850ms"), (.seconds(12), "12s"), (.seconds(60), "1m"),
        (.seconds(250), "4m 10s"), (.seconds(3600), "1h"), (.seconds(3900), "1h 5m"), (.seconds(3959), "1h 5m"),
        (.seconds(90_000), "25h"),
    ])
    func `are shown in at most two units`(duration: Duration, text: String) {
        #expect(duration.formattedBriefly == text)
    }
}
