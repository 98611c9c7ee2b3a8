import Synchronization

/// Lets calls and the passing of time change the ``World``, one at a time, and keeps what they change.
///
/// It is the only place where the cloud's clock is read, and the only owner of the world.
package final class CloudEngine: Sendable {
    private struct State {
        var world: World
        /// Earlier worlds, while somebody wants to read them.
        var history: WorldHistory?
        var readers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextReader = 0
        /// Why what changed could not be kept: ``run()`` ends with it.
        var failure: (any Error)?
    }

    package let clock: CloudClock
    /// Who it is that changes the world when no caller does.
    package let owner: Caller
    private let ids: IDSource
    private let store: CloudStore?
    private let state: Mutex<State>

    /// - Parameter store: where the world is kept; `nil` for one that ends with the process.
    package init(world: World, clock: CloudClock, store: CloudStore? = nil, ids: IDSource = IDSource()) {
        self.clock = clock
        self.ids = ids
        self.store = store
        owner = Caller(
            accessKeyID: "", arn: world.account.globalARN("iam", "root"), userID: world.account.id)
        state = Mutex(State(world: world))
    }

    /// Changes the world, lets time pass, and keeps the result, in one step.
    ///
    /// A body that throws leaves the world as it was. One that cannot throw is cheaper: nothing has to be remembered.
    @discardableResult
    package func change<Result: Sendable, Failure: Error>(
        as caller: Caller? = nil, _ body: (inout World, CallContext) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let (result, readers) = try state.withLock {
            (state) throws(Failure) -> (Result, [AsyncStream<Void>.Continuation]) in
            let now = clock.moment
            let context = CallContext(now: now, caller: caller ?? owner, ids: ids)
            let result = try Self.tryChange(&state.world, context, body)
            return (result, settle(&state, at: now))
        }
        for reader in readers { reader.yield() }
        return result
    }

    private static func tryChange<Result, Failure: Error>(
        _ world: inout World, _ context: CallContext,
        _ body: (inout World, CallContext) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard Failure.self != Never.self else { return try body(&world, context) }
        let before = world
        do {
            return try body(&world, context)
        } catch {
            world = before
            throw error
        }
    }

    package func read<Result: Sendable, Failure: Error>(
        _ body: (World) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { state throws(Failure) in try body(state.world) }
    }

    /// Says that something in the tables has changed: once at the beginning, then after every change; several changes
    /// may be one. For one reader each.
    package func changes() -> AsyncStream<Void> {
        let changes = register()
        changes.continuation.yield()
        return changes.stream
    }

    /// Lets time pass until it is cancelled.
    ///
    /// - Throws: what went wrong when the world could not be kept; from then on, nothing more is.
    package func run() async throws {
        while true {
            // Before the world is looked at, so that no change is missed.
            let changes = register()
            defer { changes.continuation.finish() }
            if let failure = state.withLock({ $0.failure }) { throw failure }
            let due = change { world, context in
                world.advance(to: context.now)
                return world.nextChange(after: context.now).map { max($0, context.now + Self.shortestStep) }
            }
            await wait(for: changes.stream, until: due)
            try Task.checkCancellation()
        }
    }

    /// Seconds; what is due within this time happens together.
    private static let shortestStep = 0.005
}

extension CloudEngine {
    /// Keeps the worlds of the last seconds for ``world(secondsAgo:)``; `nil` lets them go.
    package func keepHistory(seconds: Double?) {
        state.withLock { state in
            guard let seconds else { return state.history = nil }
            if state.history == nil { state.history = WorldHistory(state.world, at: clock.moment) }
            state.history?.span = seconds
        }
    }

    /// The world as it was, with what time has brought about since left out; or the oldest there is.
    package func world(secondsAgo seconds: Double) -> World {
        state.withLock { $0.history?.world(at: clock.moment + -seconds) ?? $0.world }
    }

    private func register() -> (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            defer { state.nextReader += 1 }
            state.readers[state.nextReader] = continuation
            return state.nextReader
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.readers.removeValue(forKey: id) }
        }
        return (stream, continuation)
    }

    /// Lets time pass and keeps what changed; returns who is to be told.
    private func settle(_ state: inout State, at now: Moment) -> [AsyncStream<Void>.Continuation] {
        state.world.advance(to: now)
        state.history?.record(state.world, at: now)
        do {
            var changes: [RowChange] = []
            try state.world.takeChanges { changes.append($0) }
            guard !changes.isEmpty else { return [] }
            if state.failure == nil { try store?.write(changes, at: now) }
        } catch {
            state.failure = error
        }
        return Array(state.readers.values)
    }

    private func wait(for changes: AsyncStream<Void>, until due: Moment?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in changes { break } }
            if let due { group.addTask { try? await self.clock.sleep(until: .init(due), tolerance: nil) } }
            await group.next()
            group.cancelAll()
        }
    }
}
