import Synchronization
import TestSupport

@testable import LoadBalancing

/// A balancer with one listener, and one target group whose targets count as healthy.
final class RunningBalancer: Sendable {
    static let group = TargetGroupID("group")
    static let listener = ListenerID("listener")

    let balancer: LoadBalancer
    let clock: ManualClock
    let address: String
    private let configuration: Mutex<BalancerConfiguration>

    /// Runs the body with a balancer before these targets, and shuts it down afterwards.
    static func with(
        _ targets: [Target], settings: ConnectionSettings = ConnectionSettings(), identity: TLSIdentity? = nil,
        limits: ProxyLimits = ProxyLimits(), change: (inout BalancerConfiguration) -> Void = { _ in },
        _ body: (RunningBalancer) async throws -> Void
    ) async throws {
        let address = Target.unused().address
        let clock = ManualClock()
        var configuration = BalancerConfiguration(
            listeners: [
                listener: ListenerConfiguration(
                    address: address, port: 80, identity: identity,
                    defaultAction: .forward(ForwardAction([.init(group)])), settings: settings)
            ],
            targetGroups: [
                group: TargetGroupConfiguration(
                    targets: Dictionary(uniqueKeysWithValues: targets.map { ($0, .active) }))
            ])
        change(&configuration)
        let balancer = try LoadBalancer(
            clock: clock, serverName: "lb", limits: limits, wallClock: { .seconds(1_700_000_000) }, seed: 1)
        let running = RunningBalancer(balancer, clock, address, configuration)
        let runner = Task { await balancer.run() }
        do {
            let problems = await balancer.apply(configuration)
            guard problems.isEmpty else { throw RawConnection.Timeout(description: "\(problems)") }
            try await body(running)
        } catch {
            runner.cancel()
            await runner.value
            throw error
        }
        runner.cancel()
        await runner.value
    }

    private init(
        _ balancer: LoadBalancer, _ clock: ManualClock, _ address: String, _ configuration: BalancerConfiguration
    ) {
        self.balancer = balancer
        self.clock = clock
        self.address = address
        self.configuration = Mutex(configuration)
    }

    func connect(isSecure: Bool = false, reads: Bool = true) async throws -> RawConnection {
        try await .open(address, isSecure: isSecure, reads: reads)
    }

    /// Waits until no more requests are taken, however often the event loops go round.
    func takesNoMoreRequests() async throws -> Int {
        var (count, rounds) = (-1, 0)
        while rounds < 20 {
            rounds = balancer.counts.requests == count ? rounds + 1 : 0
            count = balancer.counts.requests
            try await wait(LoadBalancer.tick)
        }
        return count
    }

    @discardableResult
    func change(_ change: (inout BalancerConfiguration) -> Void) async -> [ListenerID: String] {
        let changed = configuration.withLock { configuration in
            change(&configuration)
            return configuration
        }
        return await balancer.apply(changed)
    }

    /// Lets so much time pass, in ticks, and everybody notice each.
    func wait(_ duration: Duration) async throws {
        let end = clock.now.offset + duration
        while clock.now.offset < end {
            clock.advance(by: LoadBalancer.tick)
            let now = clock.now.offset
            try await eventually("nobody notices that time passes") { await noticedTime() >= now }
        }
    }

    /// On the event loop that is last to notice.
    private func noticedTime() async -> Duration {
        let times = Times()
        await balancer.workers.forEachAndWait { worker in times.values.withLock { $0.append(worker.now) } }
        return times.values.withLock { $0.min() } ?? .zero
    }
}

private final class Times: Sendable {
    let values = Mutex<[Duration]>([])
}
