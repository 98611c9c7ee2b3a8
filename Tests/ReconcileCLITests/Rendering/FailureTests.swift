import Reconciliation
import TestSupport
import Testing

@testable import ReconcileCLI

@Suite("Errors", .tags(.small))
struct FailureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var error: any Error
        var status = ExitStatus.failed
        var text: String
    }

    @Test(arguments: cases)
    func `are explained, with a status for scripts`(_ failure: Case) {
        let explained = explain(failure.error)
        #expect(
            (["error: \(explained.message)"] + explained.help.map { "help: \($0)" }).joined(separator: "\n")
                == failure.text)
        #expect(explained.status == failure.status)
    }

    private static let holder = LockHolder(user: "ada@build-7", processID: 4711, command: "apply", since: 0)
    private static let path = "manifests/.reconcile/hello-local.sqlite"

    private static let cases = [
        Case(
            testDescription: "the lock is somebody else's", error: StateStoreError.locked(by: holder), status: .locked,
            text: """
                error: the state is locked by ada@build-7, process 4711: apply, since 1970-01-01T00:00:00Z
                help: wait until it has ended; the lock goes with the process that holds it
                """),
        Case(
            testDescription: "the lock ends by itself",
            error: StateStoreError.locked(
                by: LockHolder(user: "ada@build-7", processID: 4711, command: "apply", since: 0, until: 60)),
            status: .locked,
            text: """
                error: the state is locked by ada@build-7, process 4711: apply, since 1970-01-01T00:00:00Z, until \
                1970-01-01T00:01:00Z unless it is renewed
                help: wait until it has ended; where its process is gone, the lock ends by itself at that time, and \
                `reconcile lock break` ends it now
                """),
        Case(
            testDescription: "the lock was lost",
            error: StateStoreError.lockLost(to: nil),
            text: """
                error: the lock on the state was lost: it could not be renewed in time
                help: nothing more was recorded; the next apply finds out what became of it
                """),
        Case(
            testDescription: "the lock goes with its process", error: StateStoreError.inseparable(holder),
            text: """
                error: the lock cannot be broken while the process of its holder lives: ada@build-7, process 4711: \
                apply
                help: end that process; its lock goes with it
                """),
        Case(
            testDescription: "S3 refuses",
            error: StateStoreError.refused(
                location: "s3://acme/hello", reason: "there is no bucket \"acme\"", help: ["create it"]),
            text: """
                error: the state in s3://acme/hello cannot be used: there is no bucket "acme"
                help: create it
                """),
        Case(
            testDescription: "the state is another's",
            error: StateStoreError.anotherProject(
                at: "s3://acme/hello", project: "shop", environment: "production"),
            text: """
                error: the state in s3://acme/hello is of project shop, environment production
                help: give every project a path or a prefix of its own after state:
                """),
        Case(
            testDescription: "the lock is nobody knows whose", error: StateStoreError.locked(by: nil), status: .locked,
            text: """
                error: the state is locked
                help: wait until it has ended; the lock goes with the process that holds it
                """),
        Case(
            testDescription: "a later version", error: StateStoreError.laterVersion(found: 9, location: path),
            text: """
                error: the state in \(path) was written by a later version of reconcile (format 9)
                help: use that version, or a later one
                """),
        Case(
            testDescription: "unreadable",
            error: StateStoreError.unreadable(location: path, reason: "permission denied"),
            text: "error: the state in \(path) cannot be read: permission denied"),
        Case(
            testDescription: "unwritable",
            error: StateStoreError.unwritable(location: path, reason: "the disk is full"),
            text: "error: the state in \(path) cannot be written: the disk is full"),
        Case(
            testDescription: "damaged", error: StateStoreError.damaged(location: path, reason: "it is no database"),
            text: """
                error: the state in \(path) is damaged: it is no database
                help: restore it from a copy; or move it away and run reconcile apply: what carries this project's tags \
                is found again
                """),
        Case(
            testDescription: "no such manifests",
            error: ManifestFileError(path: "manifests", reason: "there is no such file or directory"),
            status: .invalidManifests,
            text: """
                error: cannot read manifests: there is no such file or directory
                help: name the manifests with --file; the default is the directory manifests
                """),
        Case(
            testDescription: "a stale plan", error: StalePlan(moved: [.state, .cloud]),
            text: """
                error: the saved plan is stale: since it was made, the recorded state has changed, and what exists in \
                the cloud has changed
                help: make the plan again
                """),
        Case(
            testDescription: "wrong usage", error: UsageError("apply asks", help: ["add --yes"]), status: .usage,
            text: "error: apply asks\nhelp: add --yes"),
        Case(
            testDescription: "something to begin with is missing", error: SettingUpError("no AWS region is known"),
            text: "error: no AWS region is known"),
    ]
}
