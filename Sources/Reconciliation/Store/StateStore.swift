package import AttributeTree
package import StateModel

/// Where what is recorded is kept, for one project in one environment.
///
/// Reading (``load()``, ``lockStatus()``, ``history(limit:)``, ``apply(_:)``) and ``create()`` need no lock; every other method
/// needs the lock of this process. Writes are made one after the other: ``StateJournal`` sees to that. A method that returns
/// has stored durably: after a crash the next ``load()`` has it.
package protocol StateStore: Sendable {
    /// What is recorded; an empty state where nothing is.
    /// - Throws: ``StateStoreError`` when it cannot be read, is damaged, or is of a later version.
    func load() async throws -> RecordedState
    /// Makes the state where there is none, which the first lock does too: from then on it has its lineage and its salt,
    /// which a plan that is saved names.
    func create() async throws

    /// Takes the lock, or throws ``StateStoreError/locked(by:)`` at once when another process has it.
    func lock(_ holder: LockHolder) async throws
    func unlock() async throws
    func lockStatus() async throws -> LockStatus
    /// Does what is needed to keep the lock, until the task is cancelled.
    /// - Returns: How the lock was lost, at once when it is; `nil` when it was not.
    func keepLock() async -> StateStoreError?
    /// Takes the lock away from this holder, who then records nothing more; does nothing when another has it, or nobody.
    /// - Throws: ``StateStoreError/inseparable(_:)`` where the lock goes with the process of its holder.
    func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws

    /// Records them in their order: all of them, or none.
    func record(_ events: [StateEvent]) async throws

    /// Begins an entry of the history and returns its id. An entry that still says it is running was interrupted: its
    /// process is gone, or this one would not have the lock.
    func begin(_ apply: ApplyRecord) async throws -> Int
    /// Ends it, and drops the report of what is ``ApplyRecord/reportsKept`` before it.
    /// - Parameter report: What came of it, in the form of an ``ApplyReport``.
    func finish(_ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?) async throws
    /// Newest first.
    func history(limit: Int) async throws -> [ApplyRecord]
    /// `nil` when the history has none of this number.
    func apply(_ id: Int) async throws -> ApplyRecord?
}

/// Whether anybody has a lock.
package enum LockStatus: Sendable, Equatable {
    case free
    /// This process included.
    case held(by: LockHolder)
    /// It was not renewed before its lease ended, and whoever wants it next takes it over.
    case expired(of: LockHolder)
}

/// Who has a lock, or had it.
package struct LockHolder: Sendable, Hashable {
    /// `user@host`.
    package var user: String
    package var processID: Int
    /// `apply`, `destroy`.
    package var command: String
    /// Seconds since 1970.
    package var since: Double
    /// When the lock ends unless it is renewed before, or has ended; `nil` for a lock that goes with its process.
    package var until: Double?

    package init(user: String, processID: Int, command: String, since: Double, until: Double? = nil) {
        self.user = user
        self.processID = processID
        self.command = command
        self.since = since
        self.until = until
    }

    /// Whether it is the same lock, renewed or not.
    package func isSame(as other: LockHolder) -> Bool {
        var other = other
        other.until = until
        return self == other
    }
}

extension LockHolder: CustomStringConvertible {
    package var description: String { "\(user), process \(processID): \(command)" }
}

extension StateStore {
    /// Who has the lock now; `nil` when nobody has.
    package func lockHolder() async throws -> LockHolder? {
        if case .held(let holder) = try await lockStatus() { holder } else { nil }
    }

    package func record(_ event: StateEvent) async throws { try await record([event]) }
}

extension StateStore {
    /// Takes the lock, keeps it while `body` runs, and gives it back.
    ///
    /// - Parameter lost: Called when the lock is lost meanwhile; `body` goes on, and can record nothing more.
    func whileLocked<Result>(
        by holder: LockHolder, lost: @escaping @Sendable (StateStoreError) -> Void, _ body: () async throws -> Result
    ) async throws -> Result {
        try await lock(holder)
        let result: Result
        do {
            result = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { if let loss = await keepLock() { lost(loss) } }
                defer { group.cancelAll() }
                return try await body()
            }
        } catch {
            // The first error is the one to tell.
            try? await unlock()
            throw error
        }
        try await unlock()
        return result
    }
}
