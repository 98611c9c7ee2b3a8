import ArgumentParser
import ReconcileCLI
import StateModel
import TestSupport
import Testing

@Suite("Exit statuses", .tags(.small))
struct ExitStatusTests {
    @Test(
        arguments: [
            (ApplyRecord.Outcome.succeeded, 0), (.failed, 1), (.running, 1), (.rolledBack, 3), (.deadline, 4),
            (.superseded, 5), (.interrupted, 130),
        ] as [(ApplyRecord.Outcome, Int32)])
    func `say how an apply ended`(outcome: ApplyRecord.Outcome, status: Int32) {
        #expect(ExitStatus(outcome).rawValue == status)
        #expect(ExitStatus(outcome).exitCode.rawValue == status)
    }

    @Test func `are listed for whoever writes a script`() {
        #expect(
            ExitStatus.table == """
                    0  done; or nothing to do
                    1  failed: the diagnostics say what and why
                    2  plan --detailed-exitcode: there are changes
                    3  a deployment was rolled back
                    4  a deadline passed while waiting
                    5  superseded by another deployment
                   64  wrong usage
                   65  the manifests are invalid; nothing was called
                   75  somebody else holds the lock
                  130  interrupted; recorded, lock released
                """)
    }
}
