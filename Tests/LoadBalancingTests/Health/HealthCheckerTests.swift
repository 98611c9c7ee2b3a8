import LoadBalancing
import Synchronization
import TestSupport
import Testing

/// Targets that answer as they are told, and remember when they were asked.
private final class Patients: Sendable {
    private struct State: Sendable {
        var results: [Target: ProbeResult] = [:]
        var asked: [String] = []
    }

    let clock = ManualClock()
    private let state = Mutex(State())

    /// Second, address and path of each check so far.
    var asked: [String] { state.withLock { $0.asked } }

    func set(_ target: Target, _ result: ProbeResult) {
        state.withLock { $0.results[target] = result }
    }

    func probe(_ check: HealthCheck, _ target: Target) -> ProbeResult {
        let second = clock.now.offset.components.seconds
        return state.withLock { state in
            state.asked.append("\(second) \(target.address)\(check.path)")
            return state.results[target] ?? .passed
        }
    }
}

@Suite(.tags(.medium), .timeLimit(.minutes(1)))
struct HealthCheckerTests {
    private static let group = TargetGroupID("group")
    private static let a = Target("a", 80)
    private static let b = Target("b", 80)

    private let patients = Patients()
    private let checker: HealthChecker

    init() {
        let patients = patients
        checker = HealthChecker(clock: patients.clock) { patients.probe($0, $1) }
    }

    private func update(_ targets: [Target: TargetMode], path: String = "/", interval: Int = 10) {
        let check = HealthCheck(
            path: path, interval: .seconds(interval), healthyThreshold: 2, unhealthyThreshold: 2)
        checker.update([Self.group: TargetGroupConfiguration(targets: targets, healthCheck: check)])
    }

    private func status(_ target: Target) -> TargetStatus? { checker.statuses[TargetKey(Self.group, target)] }

    /// Waits until so many checks have been made, and so many targets wait for the next one.
    private func settle(checks: Int, waiting: Int) async {
        while patients.asked.count < checks || patients.clock.sleeperCount != waiting { await Task.yield() }
    }

    /// Runs the checker for the time of the body, after which nothing of it is left.
    private func running(_ body: () async throws -> Void) async rethrows {
        let checker = checker
        let task = Task { await checker.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        await task.value
        #expect(patients.clock.sleeperCount == 0)
    }

    @Test("a target is asked as soon as it is there, and then once in every interval")
    func intervals() async {
        await running {
            update([Self.a: .active])
            #expect(status(Self.a) == .initial)
            await settle(checks: 1, waiting: 1)
            #expect(status(Self.a) == .healthy)
            patients.clock.advance(by: .seconds(9))
            #expect(patients.asked.count == 1)
            patients.clock.advance(by: .seconds(1))
            await settle(checks: 2, waiting: 1)
            update([Self.a: .active, Self.b: .active])
            await settle(checks: 3, waiting: 2)
            patients.clock.advance(by: .seconds(10))
            await settle(checks: 5, waiting: 2)
            #expect(patients.asked.prefix(3) == ["0 a/", "10 a/", "10 b/"])
            #expect(patients.asked.suffix(2).sorted() == ["20 a/", "20 b/"])
        }
    }

    @Test("targets are taken out and brought back by their answers")
    func statuses() async {
        await running {
            update([Self.a: .active])
            await settle(checks: 1, waiting: 1)
            patients.set(Self.a, .failed(.status(500)))
            var seen: [TargetStatus?] = []
            for check in 2...6 {
                if check == 4 { patients.set(Self.a, .passed) }
                patients.clock.advance(by: .seconds(10))
                await settle(checks: check, waiting: 1)
                seen.append(status(Self.a))
            }
            let unhealthy = TargetStatus.unhealthy(.status(500))
            #expect(seen == [.healthy, unhealthy, unhealthy, .healthy, .healthy])
        }
    }

    @Test("a target that drains or is gone is not asked any more, and is new when it comes back")
    func removal() async {
        await running {
            patients.set(Self.b, .failed(.timeout))
            update([Self.a: .active, Self.b: .active])
            await settle(checks: 2, waiting: 2)
            update([Self.a: .draining])
            #expect(checker.statuses == [:])
            await settle(checks: 2, waiting: 0)
            patients.clock.advance(by: .seconds(10))
            patients.set(Self.a, .failed(.timeout))
            update([Self.a: .active])
            #expect(status(Self.a) == .initial)
            await settle(checks: 3, waiting: 1)
            #expect(status(Self.a) == .initial)
            #expect(patients.asked.last == "10 a/")
        }
    }

    @Test("another health check keeps what is known, and is made at once")
    func anotherCheck() async {
        await running {
            update([Self.a: .active])
            await settle(checks: 1, waiting: 1)
            patients.set(Self.a, .failed(.noConnection))
            update([Self.a: .active], path: "/health", interval: 1)
            #expect(status(Self.a) == .healthy)
            await settle(checks: 2, waiting: 1)
            #expect(status(Self.a) == .healthy)
            patients.clock.advance(by: .seconds(1))
            await settle(checks: 3, waiting: 1)
            #expect(status(Self.a) == .unhealthy(.noConnection))
            #expect(patients.asked == ["0 a/", "0 a/health", "1 a/health"])
        }
    }

    @Test("without a health check nobody is asked, and nobody has a status")
    func noCheck() async {
        await running {
            checker.update([Self.group: TargetGroupConfiguration(targets: [Self.a: .active])])
            #expect(checker.statuses == [:])
            update([Self.a: .active])
            await settle(checks: 1, waiting: 1)
            #expect(patients.asked == ["0 a/"])
        }
    }

    @Test("who follows the changes sees the statuses at once and the last ones always")
    func changes() async {
        await running {
            var changes = checker.changes().makeAsyncIterator()
            #expect(await changes.next() == [:])
            update([Self.a: .active])
            let key = TargetKey(Self.group, Self.a)
            while let statuses = await changes.next(), statuses != [key: .healthy] {}
            await settle(checks: 1, waiting: 1)
            update([:])
            #expect(await changes.next() == [:])
        }
    }
}
