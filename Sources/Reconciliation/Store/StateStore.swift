package import AttributeTree
package import StateModel

/// Where what is recorded is kept, for one project in one environment.
///
/// Reading (``load()``, ``lockHolder()``, ``history(limit:)``, ``apply(_:)``) needs no lock; every other method needs the
/// lock of this process. A method that returns has stored durably: after a crash the next ``load()`` has it.
package protocol StateStore: Sendable {
    /// What is recorded; a new, empty state where nothing is.
    /// - Throws: ``StateStoreError`` when it cannot be read, is damaged, or is of a later version.
    func load() async throws -> RecordedState

    /// Takes the lock, or throws ``StateStoreError/locked(by:)`` at once when another process has it.
    func lock(_ holder: LockHolder) async throws
    func unlock() async throws
    /// Who has the lock now, this process included; `nil` when nobody has.
    func lockHolder() async throws -> LockHolder?

    func record(_ event: StateEvent) async throws

    /// Begins an entry of the history and returns its id. An entry that still says it is running was interrupted: its
    /// process is gone, or this one would not have the lock.
    func begin(_ apply: ApplyRecord) async throws -> Int
    /// - Parameter report: What came of it, in the form of an ``ApplyReport``.
    func finish(_ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?) async throws
    /// Newest first.
    func history(limit: Int) async throws -> [ApplyRecord]
    /// `nil` when the history has none of this number.
    func apply(_ id: Int) async throws -> ApplyRecord?
}

/// Who has a lock.
package struct LockHolder: Sendable, Hashable {
    /// `user@host`.
    package var user: String
    package var processID: Int
    /// `apply`, `destroy`.
    package var command: String
    /// Seconds since 1970.
    package var since: Double

    package init(user: String, processID: Int, command: String, since: Double) {
        self.user = user
        self.processID = processID
        self.command = command
        self.since = since
    }
}

package enum StateStoreError: Error, Sendable, Equatable {
    case locked(by: LockHolder?)
    /// The store was written by a later version of this program.
    case laterVersion(found: Int, location: String)
    case unreadable(location: String, reason: String)
    case unwritable(location: String, reason: String)
    case damaged(location: String, reason: String)
}

extension StateStoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .locked(let holder):
            "the state is locked" + (holder.map { " by \($0.user), process \($0.processID): \($0.command)" } ?? "")
        case .laterVersion(let found, let location):
            "the state in \(location) was written by a later version of reconcile (format \(found))"
        case .unreadable(let location, let reason): "the state in \(location) cannot be read: \(reason)"
        case .unwritable(let location, let reason): "the state in \(location) cannot be written: \(reason)"
        case .damaged(let location, let reason): "the state in \(location) is damaged: \(reason)"
        }
    }
}
