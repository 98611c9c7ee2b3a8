import Synchronization

/// Asks all targets for their health, each in its own time.
///
/// What is to be asked is told anew by ``update(_:)`` as often as it changes; ``run()`` does the asking until it is
/// cancelled. A target is asked as soon as it is there, and then once in every interval. Asked are only the active
/// targets of target groups with a health check: the others have no status here.
package final class HealthChecker: Sendable {
    package typealias Probe = @Sendable (HealthCheck, Target) async -> ProbeResult
    package typealias Statuses = [TargetKey: TargetStatus]

    private let probe: Probe
    private let clock: any Clock<Duration>
    private let registry = Mutex(HealthRegistry())
    private let wakes = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private let listeners = Mutex(Listeners())

    private struct Listeners: Sendable {
        var nextID = 0
        var continuations: [Int: AsyncStream<Statuses>.Continuation] = [:]
    }

    package init(clock: any Clock<Duration> = ContinuousClock(), probe: @escaping Probe) {
        self.clock = clock
        self.probe = probe
    }

    /// What is known now of the targets that are asked.
    package var statuses: Statuses { registry.withLock { $0.statuses } }

    /// The statuses now, and again after each change; who is slow sees the last ones.
    package func changes() -> AsyncStream<Statuses> {
        let (stream, continuation) = AsyncStream.makeStream(of: Statuses.self, bufferingPolicy: .bufferingNewest(1))
        let id = listeners.withLock { listeners in
            defer { listeners.nextID += 1 }
            listeners.continuations[listeners.nextID] = continuation
            continuation.yield(statuses)
            return listeners.nextID
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { _ = $0.continuations.removeValue(forKey: id) }
        }
        return stream
    }

    /// Asks the targets of this configuration from now on.
    ///
    /// One that is asked already keeps what is known of it, and is asked at once where the health check is another.
    package func update(_ targetGroups: [TargetGroupID: TargetGroupConfiguration]) {
        let changed = registry.withLock { registry in
            let before = registry.statuses
            registry.update(targetGroups)
            return registry.statuses != before
        }
        wakes.continuation.yield()
        if changed { publish() }
    }

    /// Asks until the task is cancelled. It is called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            var running: [Int: AsyncStream<Never>.Continuation] = [:]
            for await _ in wakes.stream {
                let wanted = registry.withLock { $0.registrations }
                let ids = Set(wanted.values.map(\.id))
                for id in running.keys where !ids.contains(id) { running.removeValue(forKey: id)?.finish() }
                for (key, registration) in wanted where running[registration.id] == nil {
                    let (end, continuation) = AsyncStream.makeStream(of: Never.self)
                    running[registration.id] = continuation
                    group.addTask { await self.ask(key, registration, until: end) }
                }
            }
            group.cancelAll()
        }
    }

    private func ask(_ key: TargetKey, _ registration: HealthRegistry.Registration, until end: AsyncStream<Never>) async
    {
        await withTaskGroup { group in
            group.addTask { await self.ask(key, registration, by: self.clock) }
            for await _ in end {}
            group.cancelAll()
        }
    }

    private func ask(
        _ key: TargetKey, _ registration: HealthRegistry.Registration, by clock: some Clock<Duration>
    ) async {
        while !Task.isCancelled {
            let start = clock.now
            let result = await probe(registration.check, key.target)
            guard !Task.isCancelled else { return }
            record(result, of: key, registration)
            try? await clock.sleep(until: start.advanced(by: registration.check.interval), tolerance: nil)
        }
    }

    private func record(_ result: ProbeResult, of key: TargetKey, _ registration: HealthRegistry.Registration) {
        switch registry.withLock({ $0.record(result, of: key, by: registration) }) {
        case .report: publish()
        case .nothing: break
        }
    }

    /// Statuses are read under the listeners' lock, so that nobody is told an older state after a newer one.
    private func publish() {
        listeners.withLock { listeners in
            let statuses = statuses
            for continuation in listeners.continuations.values { continuation.yield(statuses) }
        }
    }
}
