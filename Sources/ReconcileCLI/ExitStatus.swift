package import ArgumentParser
import Reconciliation
package import StateModel

/// What the process ends with: the contract with scripts.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    case failed = 1
    /// `plan --detailed-exitcode`: there are changes.
    case changes = 2
    case rolledBack = 3
    case deadline = 4
    case superseded = 5
    case usage = 64
    case invalidManifests = 65
    case locked = 75
    case interrupted = 130

    package init(_ outcome: ApplyRecord.Outcome) {
        self =
            switch outcome {
            case .succeeded: .done
            case .failed, .running, .lockLost: .failed
            case .rolledBack: .rolledBack
            case .deadline: .deadline
            case .superseded: .superseded
            case .interrupted: .interrupted
            }
    }

    package var exitCode: ExitCode { ExitCode(rawValue) }

    /// For `--help`.
    package var meaning: String {
        switch self {
        case .done: "done; or nothing to do"
        case .failed: "failed: the diagnostics say what and why"
        case .changes: "plan --detailed-exitcode: there are changes"
        case .rolledBack: "a deployment was rolled back"
        case .deadline: "a deadline passed while waiting"
        case .superseded: "superseded by another deployment"
        case .usage: "wrong usage"
        case .invalidManifests: "the manifests are invalid; nothing was called"
        case .locked: "somebody else holds the lock"
        case .interrupted: "interrupted; recorded, lock released"
        }
    }

    /// A table of all, for `--help`.
    package static var table: String {
        allCases.map { status in
            let number = String(status.rawValue)
            return "  \(String(repeating: " ", count: 3 - number.count))\(number)  \(status.meaning)"
        }.joined(separator: "\n")
    }
}
