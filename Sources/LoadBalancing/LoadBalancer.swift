import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A load balancer for HTTP/1.1 that does what its configuration says.
///
/// ``apply(_:)`` tells it what to do, as often as that changes, before and while ``run()`` runs. All its event loops
/// are its own; ``shutdown()`` ends them.
package final class LoadBalancer: Sendable {
    /// How often it is looked what has waited too long.
    static let tick = Duration.milliseconds(500)

    private let clock: any Clock<Duration>
    /// The time since the balancer began.
    private let elapsed: @Sendable () -> Duration
    private let group: MultiThreadedEventLoopGroup
    private let context: ProxyContext
    let workers: Workers
    private let sockets: ListenerSockets
    private let health: HealthChecker
    private let targetGroups = Mutex<[TargetGroupID: TargetGroupConfiguration]>([:])

    /// - Parameter clock: by which timeouts run and targets are asked for their health.
    /// - Parameter serverName: what answers of the balancer's own call it, in `Server` as `awselb/2.0` is.
    /// - Parameter wallClock: the time since 1970.
    /// - Parameter seed: of what is drawn by lot.
    /// - Throws: where TLS is not to be had.
    package init(
        clock: any Clock<Duration> = ContinuousClock(), serverName: String, eventLoops: Int = 2,
        limits: ProxyLimits = ProxyLimits(), cookieNames: CookieNames = CookieNames(),
        wallClock: @escaping @Sendable () -> Duration = LoadBalancer.timeSince1970,
        seed: UInt64 = .random(in: .min ... .max), probe: HealthChecker.Probe? = nil
    ) throws {
        self.clock = clock
        elapsed = Self.stopwatch(clock)
        group = MultiThreadedEventLoopGroup(numberOfThreads: eventLoops)
        context = ProxyContext(
            serverName: serverName, limits: limits, cookieNames: cookieNames, upstreamTLS: try .toTargets(),
            wallClock: wallClock)
        workers = Workers(loops: group.makeIterator(), context: context, seed: seed)
        sockets = ListenerSockets(group: group, workers: workers)
        let probe = try probe ?? HTTPProber(userAgent: "\(serverName) HealthChecker", eventLoops: group).probe
        health = HealthChecker(clock: clock, probe: probe)
    }

    /// Does from now on what the configuration says.
    ///
    /// What is the same as before is left alone: connections stay open when rules or targets change. A target that is
    /// gone is cut off; one that drains finishes what it has.
    /// - Returns: why a listener cannot be as it should be, for each of which that is so. The rest is done.
    package func apply(_ configuration: BalancerConfiguration) async -> [ListenerID: String] {
        await sockets.apply(
            configuration.listeners,
            // Rules of before find their targets until rules of now are in their place, which find theirs.
            before: { self.update { $0.adding(configuration.targetGroups) } },
            after: {
                self.update { _ in configuration.targetGroups }
                let modes = configuration.targetModes
                await self.workers.forEachAndWait { $0.update(modes) }
            })
    }

    private func update(
        _ change: ([TargetGroupID: TargetGroupConfiguration]) -> [TargetGroupID: TargetGroupConfiguration]
    ) {
        let changed = targetGroups.withLock { targetGroups in
            targetGroups = change(targetGroups)
            return targetGroups
        }
        health.update(changed)
        updateChooser()
    }

    /// What the health checks have found of the active targets of target groups that have one.
    package func statuses() -> [TargetKey: TargetStatus] { health.statuses }

    /// The statuses now, and again after each change; who is slow sees the last ones.
    package func statusChanges() -> AsyncStream<[TargetKey: TargetStatus]> { health.changes() }

    /// What has happened so far.
    package var counts: TrafficCounts { context.counters.counts }

    /// How many requests this target is busy with.
    package func outstanding(_ key: TargetKey) -> Int { context.chooser.withLock { $0.outstanding(key) } }

    /// Checks health and lets time pass until the task is cancelled, and then shuts down.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.health.run() }
            group.addTask {
                for await _ in self.health.changes() { self.updateChooser() }
            }
            group.addTask { await self.letTimePass(by: self.clock) }
        }
        await shutdown()
    }

    /// Closes all ports and connections, and ends the event loops: nothing works afterwards.
    package func shutdown() async {
        _ = await sockets.apply([:], before: {}, after: {})
        await workers.forEachAndWait { $0.closeAll() }
        try? await group.shutdownGracefully()
    }

    /// Groups and statuses are read under the chooser's lock, so that nobody brings back older ones.
    private func updateChooser() {
        context.chooser.withLock { chooser in
            chooser.update(
                targetGroups.withLock { $0 }, statuses: health.statuses, now: context.wallClock())
        }
    }

    private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }

    private func letTimePass(by clock: some Clock<Duration>) async {
        var now = clock.now
        while !Task.isCancelled {
            try? await clock.sleep(until: now.advanced(by: Self.tick), tolerance: nil)
            now = clock.now
            let elapsed = elapsed()
            workers.forEach { $0.tick(elapsed) }
        }
    }
}

extension BalancerConfiguration {
    fileprivate var targetModes: [TargetKey: TargetMode] {
        targetGroups.reduce(into: [:]) { modes, group in
            for (target, mode) in group.value.targets { modes[TargetKey(group.key, target)] = mode }
        }
    }
}

extension [TargetGroupID: TargetGroupConfiguration] {
    /// The target groups of both; in each the targets that are active before or afterwards are active.
    fileprivate func adding(_ later: Self) -> Self {
        merging(later) { earlier, later in
            var both = later
            for (target, mode) in earlier.targets where mode == .active { both.targets[target] = .active }
            return both
        }
    }
}

extension LoadBalancer {
    /// By the clock of this machine.
    package static let timeSince1970: @Sendable () -> Duration = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Duration(secondsComponent: Int64(time.tv_sec), attosecondsComponent: Int64(time.tv_nsec) * 1_000_000_000)
    }
}
