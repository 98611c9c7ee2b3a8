package import AttributeTree

/// One apply or destroy, for the history.
package struct ApplyRecord: Sendable, Equatable {
    /// Of so many applies, the newest, the history keeps what came of them; of all others, that they were and how they ended.
    package static let reportsKept = 100

    package enum Outcome: String, Sendable, Hashable {
        case running, succeeded, failed, rolledBack, deadline, superseded, interrupted
        /// Told by the process that has lost the lock, and not in the history: it records nothing more.
        case lockLost
    }

    /// Assigned by the store, from 1.
    package var id: Int
    /// `apply` or `destroy`.
    package var command: String
    /// Seconds since 1970.
    package var startedAt: Double
    package var endedAt: Double?
    /// `user@host`.
    package var user: String
    /// Of the working copy the manifests were read from; `nil` outside git.
    package var gitCommit: String?
    /// The plan, in the form of `plan -o json`.
    package var plan: String
    package var outcome: Outcome
    /// What came of it: the form of an ``ApplyReport``. `nil` while it runs, for one that never ended, and for one that is
    /// further back than ``reportsKept``.
    package var report: AttributeValue?

    package init(
        id: Int, command: String, startedAt: Double, endedAt: Double? = nil, user: String, gitCommit: String? = nil,
        plan: String, outcome: Outcome = .running, report: AttributeValue? = nil
    ) {
        self.id = id
        self.command = command
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.user = user
        self.gitCommit = gitCommit
        self.plan = plan
        self.outcome = outcome
        self.report = report
    }
}
