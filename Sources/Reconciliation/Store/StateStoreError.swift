import FoundationEssentials

package enum StateStoreError: Error, Sendable, Equatable {
    case locked(by: LockHolder?)
    /// This process had the lock, and records nothing more: another has it, or it could not be renewed in time.
    case lockLost(to: LockHolder?)
    /// The lock goes with the process of its holder, and cannot be taken away.
    case inseparable(LockHolder)
    /// The store was written by a later version of this program.
    case laterVersion(found: Int, location: String)
    case unreadable(location: String, reason: String)
    case unwritable(location: String, reason: String)
    /// It can be used when the user does something about it.
    case refused(location: String, reason: String, help: [String])
    case damaged(location: String, reason: String)
    /// What is there is the state of another project or environment.
    case anotherProject(at: String, project: String, environment: String)
}

extension StateStoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .locked(let holder): "the state is locked" + (holder.map { " by \($0.inFull)" } ?? "")
        case .lockLost(let holder?): "the lock on the state was lost to \(holder.inFull)"
        case .lockLost(nil): "the lock on the state was lost: it could not be renewed in time"
        case .inseparable(let holder): "the lock cannot be broken while the process of its holder lives: \(holder)"
        case .laterVersion(let found, let location):
            "the state in \(location) was written by a later version of reconcile (format \(found))"
        case .unreadable(let location, let reason): "the state in \(location) cannot be read: \(reason)"
        case .unwritable(let location, let reason): "the state in \(location) cannot be written: \(reason)"
        case .refused(let location, let reason, _): "the state in \(location) cannot be used: \(reason)"
        case .damaged(let location, let reason): "the state in \(location) is damaged: \(reason)"
        case .anotherProject(let location, let project, let environment):
            "the state in \(location) is of project \(project), environment \(environment)"
        }
    }
}

extension LockHolder {
    /// With its times: `ada@engine, process 7: apply, since 2026-01-02T03:04:05Z, until 2026-01-02T03:05:00Z unless …`.
    package var inFull: String {
        let end = until.map { ", until \(Self.iso($0)) unless it is renewed" } ?? ""
        return "\(description), since \(Self.iso(since))\(end)"
    }

    package static func iso(_ time: Double) -> String {
        Date(timeIntervalSince1970: time).formatted(Date.ISO8601FormatStyle())
    }
}
