import LocalCloud
import TestSupport
import Testing

@Suite(.tags(.small))
struct CloudClockTests {
    private let start = Moment(1_000_000)

    @Test(
        "the time runs at its rate, from when the rate was set", arguments: [(0, 0), (1, 60), (0.5, 30), (100, 6000)])
    func rate(_ rate: Double, _ seconds: Double) {
        let base = ManualClock()
        let clock = CloudClock(start: start, following: base)
        base.advance(by: .seconds(10))
        clock.setRate(rate)
        base.advance(by: .seconds(60))
        #expect(clock.moment == start + 10 + seconds)
    }

    @Test("a step moves the time on at once, and it runs on from there")
    func step() {
        let base = ManualClock()
        let clock = CloudClock(start: start, following: base)
        clock.step(by: .seconds(300))
        base.advance(by: .seconds(1))
        #expect(clock.moment == start + 301)
    }

    @Test("who sleeps is woken by a step that reaches the time, while the clock stands still")
    func stepWakes() async throws {
        let clock = CloudClock(start: start, rate: 0)
        async let sleep: Void = clock.sleep(until: .init(start + 90), tolerance: nil)
        clock.step(by: .seconds(60))
        clock.step(by: .seconds(60))
        try await sleep
        #expect(clock.moment == start + 120)
    }

    @Test("who sleeps is woken in the time that a new rate leaves")
    func rateWakes() async throws {
        let clock = CloudClock(start: start, rate: 0)
        async let sleep: Void = clock.sleep(until: .init(start + 90), tolerance: nil)
        clock.setRate(1_000_000)
        try await sleep
        #expect(clock.moment >= start + 90)
    }

    @Test("who sleeps can be cancelled, and what is past needs no sleep")
    func cancellation() async throws {
        let clock = CloudClock(start: start, rate: 0)
        try await clock.sleep(until: .init(start), tolerance: nil)
        let sleeper = Task { try await clock.sleep(until: .init(start + 1), tolerance: nil) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
