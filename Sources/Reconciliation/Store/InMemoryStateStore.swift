package import AttributeTree
package import StateModel
import Synchronization

/// A store that lasts as long as the process: for tests and benchmarks.
package final class InMemoryStateStore: StateStore {
    private struct Content: Sendable {
        var state: RecordedState
        var applies: [ApplyRecord] = []
        var holder: LockHolder?
    }

    private let content: Mutex<Content>

    package init(_ state: RecordedState = RecordedState(lineage: "in memory", salt: "in memory")) {
        content = Mutex(Content(state: state))
    }

    package func load() async throws -> RecordedState { content.withLock { $0.state } }
    /// It is there from the beginning.
    package func create() async throws {}

    package func lock(_ holder: LockHolder) async throws {
        try content.withLock { content in
            if let other = content.holder { throw StateStoreError.locked(by: other) }
            content.holder = holder
        }
    }

    package func unlock() async throws {
        content.withLock { $0.holder = nil }
    }

    package func lockStatus() async throws -> LockStatus {
        content.withLock { $0.holder.map { .held(by: $0) } ?? .free }
    }

    /// Nothing has to be done: it goes with the process.
    package func keepLock() async -> StateStoreError? { nil }

    package func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws {
        if let current = try await lockHolder(), current.isSame(as: holder) {
            throw StateStoreError.inseparable(current)
        }
    }

    package func record(_ events: [StateEvent]) async throws {
        content.withLock { content in
            for event in events { content.state.apply(event) }
        }
    }

    package func begin(_ apply: ApplyRecord) async throws -> Int {
        content.withLock { content in
            for index in content.applies.indices where content.applies[index].outcome == .running {
                content.applies[index].outcome = .interrupted
            }
            var apply = apply
            apply.id = content.applies.count + 1
            content.applies.append(apply)
            return apply.id
        }
    }

    package func finish(
        _ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?
    ) async throws {
        content.withLock { content in
            guard let index = content.applies.firstIndex(where: { $0.id == id }) else { return }
            content.applies[index].outcome = outcome
            content.applies[index].endedAt = time
            content.applies[index].report = report
            if index >= ApplyRecord.reportsKept { content.applies[index - ApplyRecord.reportsKept].report = nil }
        }
    }

    package func history(limit: Int) async throws -> [ApplyRecord] {
        content.withLock { Array($0.applies.suffix(limit).reversed()) }
    }

    package func apply(_ id: Int) async throws -> ApplyRecord? {
        content.withLock { content in content.applies.first { $0.id == id } }
    }
}
