import AttributeTree
import Planning
import ReconcileCLI
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("How an apply ended", .tags(.small))
struct ApplySummaryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var goal = PlanRequest.Goal.converge
        var ending: ApplyResult.Ending
        var text: String
    }

    @Test(arguments: cases)
    func `is said with its root causes`(_ apply: Case) {
        let summary = ApplySummary(apply.ending, apply.goal, Hello.owner)
        let style = Style(isColoured: false)
        #expect((summary.problems(style) + [summary.closing(style)]).joined(separator: "\n") == apply.text)
    }

    private static let refused = StepFailure(.failed, "ecs:CreateService: AccessDeniedException")
    private static let lockLost = StepFailure(
        .lockLost, "the lock on the state was lost: it could not be renewed in time")
    private static let late = StepFailure(.deadline, "1 of 2 tasks running after 15m")

    private static func step(_ verb: StepVerb, _ address: ResourceAddress, _ summary: String) -> Step {
        Step(
            id: Hello.step(verb, address), work: .reach([]), calls: [], summary: summary, impact: .none, reasons: [],
            after: [])
    }

    private static let create = step(.create, Hello.service, "create service web")
    private static let verify = step(.verify, Hello.service, "verify that LoadBalancer/hello routes a request to them")

    private static func unsettled(_ address: ResourceAddress, _ waitingFor: String, _ failure: StepFailure? = nil)
        -> ExecutionReport.Unsettled
    {
        .init(
            row: StatusRow(address: address, phase: .created, state: "Created", waitingFor: waitingFor),
            failure: failure)
    }

    private static let cases = [
        Case(
            testDescription: "nothing to do", ending: .nothingToDo,
            text: "hello, environment local: nothing to do; everything is as the manifests say"),
        Case(
            testDescription: "nothing to delete", goal: .destroy, ending: .nothingToDo,
            text: "hello, environment local: nothing to do; nothing is recorded here"),
        Case(
            testDescription: "detached",
            ending: .executed(
                ExecutionReport(outcome: .succeeded, unsettled: [unsettled(Hello.tasks, "2 tasks to start")])),
            text: """
                note: Tasks/web is "Created", and no longer waited for: 2 tasks to start
                hello, environment local: applied, and not waited for; `reconcile attach` follows it to its end
                """),
        Case(
            testDescription: "not approved", ending: .declined, text: "hello, environment local: nothing was done"),
        Case(
            testDescription: "interrupted while planning", ending: .notBegun,
            text: "hello, environment local: interrupted; nothing was done"),
        Case(
            testDescription: "done, with where it serves",
            ending: .executed(
                ExecutionReport(
                    outcome: .succeeded,
                    rows: [
                        Hello.tasks: StatusRow(
                            address: Hello.tasks, phase: .final, state: "Healthy and Serving",
                            detail: ["url": "http://hello.example/"])
                    ])),
            text: "hello, environment local: done, serving at http://hello.example/"),
        Case(
            testDescription: "done, with nothing that serves", ending: .executed(ExecutionReport(outcome: .succeeded)),
            text: "hello, environment local: done"),
        Case(
            testDescription: "a call was refused, and what depends on it was not made",
            ending: .executed(
                ExecutionReport(
                    outcome: .failed,
                    steps: [(create, .failed(refused)), (verify, .blocked(by: [create.id]))])),
            text: """
                error: create service web: ecs:CreateService: AccessDeniedException
                note: not started: verify that LoadBalancer/hello routes a request to them \
                (because of: create Service/web)
                hello, environment local: failed; what was done is recorded
                """),
        Case(
            testDescription: "a deadline passed, which a step and its resource tell once",
            ending: .executed(
                ExecutionReport(
                    outcome: .deadline, steps: [(verify, .failed(late))],
                    unsettled: [
                        unsettled(Hello.service, "1 of 2 tasks running", late),
                        unsettled(Hello.group, "0 of 2 targets registered"),
                    ])),
            text: """
                error: verify that LoadBalancer/hello routes a request to them: 1 of 2 tasks running after 15m
                note: TargetGroup/web is "Created", and no longer waited for: 0 of 2 targets registered
                hello, environment local: not final before the deadline; what was done is recorded
                """),
        Case(
            testDescription: "rolled back",
            ending: .executed(
                ExecutionReport(
                    outcome: .rolledBack,
                    unsettled: [unsettled(Hello.service, "", StepFailure(.rolledBack, "tasks failed to start"))])),
            text: """
                error: Service/web: tasks failed to start
                hello, environment local: rolled back; what was done is recorded
                """),
        Case(
            testDescription: "superseded", ending: .executed(ExecutionReport(outcome: .superseded)),
            text: "hello, environment local: superseded by another deployment; what was done is recorded"),
        Case(
            testDescription: "interrupted", ending: .executed(ExecutionReport(outcome: .interrupted)),
            text:
                "hello, environment local: interrupted; what was done is recorded, and the next apply goes on from there"
        ),
        Case(
            testDescription: "the state could not be written",
            ending: .executed(
                ExecutionReport(outcome: .failed, storeFailure: StepFailure(.failed, "the disk is full"))),
            text: """
                error: what was done could not be recorded: the disk is full
                hello, environment local: failed; the next apply looks for what could not be recorded
                """),
        Case(
            testDescription: "the lock was lost, which every step in flight has found out",
            ending: .executed(
                ExecutionReport(
                    outcome: .lockLost, steps: [(create, .failed(lockLost)), (verify, .interrupted)],
                    storeFailure: lockLost)),
            text: """
                error: the lock on the state was lost: it could not be renewed in time
                hello, environment local: stopped, because the lock was lost; the next apply looks for what could not \
                be recorded
                """),
    ]
}
