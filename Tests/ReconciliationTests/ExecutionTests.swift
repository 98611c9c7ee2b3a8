import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

/// The course of an apply, second by second.
@Suite(.tags(.small))
struct ExecutionTests {
    private func waiting(_ name: String, is phase: Phase, after: [Step.ID]) -> Step {
        Step(
            id: Step.ID("await", name),
            work: .reach([Milestone(ResourceAddress(kind: "Box", name: name), is: phase)]), calls: [],
            summary: "await box \(name)", impact: .none, reasons: [], after: after)
    }

    private let createA = Step.ID("create", "a")

    @Test func aResourceIsFollowedUntilItIsFinal() {
        var simulation = Simulation([.create("a"), waiting("a", is: .final, after: [createA])])
        simulation.row = { box, seconds in
            seconds < 10 ? .box(box, .created, waitingFor: "tape") : .box(box, .final)
        }
        let execution = simulation.run()
        #expect(
            simulation.lines == [
                "0 started create Box/a",
                "1 Box/a Created",
                "1 succeeded create Box/a",
                "1 started await Box/a",
                "1 Box/a Created, waiting for tape",
                "12 Box/a Closed",
                "12 succeeded await Box/a",
            ])
        #expect(ExecutionReport(of: execution, steps: simulation.steps).outcome == .succeeded)
    }

    @Test func aDeadlineTellsWhatEachResourceIsWaitingFor() {
        var simulation = Simulation([
            .create("a"), .create("b", after: [createA]), waiting("b", is: .final, after: [Step.ID("create", "b")]),
        ])
        simulation.row = { box, _ in .box(box, .created, waitingFor: "tape for \(box)") }
        let execution = simulation.run()
        #expect(
            simulation.lines.suffix(3) == [
                "62 unsettled Box/a: after 1 min: Box/a is \"Created\", waiting for tape for a",
                "62 unsettled Box/b: after 1 min: Box/b is \"Created\", waiting for tape for b",
                "62 failed await Box/b: after 1 min: Box/b is \"Created\", waiting for tape for b",
            ])
        let report = ExecutionReport(of: execution, steps: simulation.steps)
        #expect(report.outcome == .deadline)
        #expect(report.unsettled.map(\.row.waitingFor) == ["tape for a", "tape for b"])
    }

    @Test func whatIsFinalIsNotSaidToBeLateWhenAStepWaitsForSomethingElseBesides() {
        let both = Step(
            id: Step.ID("await", "b"),
            work: .reach([
                Milestone(ResourceAddress(kind: "Box", name: "a"), is: .final),
                Milestone(ResourceAddress(kind: "Box", name: "b"), is: .final),
            ]), calls: [], summary: "await boxes", impact: .none, reasons: [], after: [createA, Step.ID("create", "b")])
        var simulation = Simulation([.create("a"), .create("b"), both])
        simulation.row = { box, _ in .box(box, box == "a" ? .final : .created, waitingFor: box == "a" ? nil : "tape") }
        let execution = simulation.run()
        #expect(
            simulation.lines.suffix(2) == [
                "61 unsettled Box/b: after 1 min: Box/b is \"Created\", waiting for tape",
                "61 failed await Box/b: after 1 min: Box/b is \"Created\", waiting for tape",
            ])
        #expect(ExecutionReport(of: execution, steps: simulation.steps).unsettled.map(\.row.address.name) == ["b"])
        #expect(simulation.asks < 15)
    }

    @Test func theDeadlineCountsFromTheLastChange() {
        var simulation = Simulation((0..<20).map { .create("\($0)") })
        simulation.settings = ExecutionSettings(parallelism: 1, timeout: .seconds(10))
        simulation.row = { box, seconds in .box(box, box == "0" && seconds < 25 ? .created : .final) }
        let execution = simulation.run()
        #expect(ExecutionReport(of: execution, steps: simulation.steps).outcome == .succeeded)
    }

    @Test func whatWaitsForSomethingThatFailedIsNotWaitedFor() {
        var simulation = Simulation([.create("a"), .create("b", after: [createA]), .create("c")])
        simulation.failing = ["b"]
        simulation.row = { box, seconds in
            box == "a" ? .box(box, .created, waitingFor: "b") : .box(box, seconds < 30 ? .created : .final)
        }
        let execution = simulation.run()
        #expect(
            simulation.lines.filter { !$0.contains("Box/a") } == [
                "0 started create Box/c", "1 started create Box/b", "1 Box/c Created", "1 succeeded create Box/c",
                "2 failed create Box/b: no", "38 Box/c Closed",
            ])
        let report = ExecutionReport(of: execution, steps: simulation.steps)
        #expect(report.outcome == .failed)
        #expect(report.unsettled.map(\.row.address.name) == ["a"])
    }

    @Test func aRolledBackResourceFailsTheStepThatWaitsForItAndIsTheOutcome() {
        var simulation = Simulation([
            .create("a"), waiting("a", is: .final, after: [createA]),
            .create("b", after: [Step.ID("await", "a")]),
        ])
        simulation.row = { box, _ in
            var row = StatusRow.box(box, .failed)
            row.failure = SettleFailure(.rolledBack, "the lid broke")
            return row
        }
        let execution = simulation.run()
        #expect(simulation.lines.contains("1 blocked create Box/b by await Box/a"))
        let report = ExecutionReport(of: execution, steps: simulation.steps)
        #expect(report.outcome == .rolledBack)
        #expect(report.outcome.exitStatus == 3)
        #expect(report.steps.map(\.outcome)[1] == .failed(StepFailure(.rolledBack, "the lid broke")))
    }

    @Test func anInterruptionLetsEndWhatIsInFlightAndWaitsForNothing() {
        var simulation = Simulation([
            .create("a"), .create("b", after: [createA]), .create("c", after: [Step.ID("create", "b")]),
        ])
        simulation.row = { box, _ in .box(box, .created) }
        simulation.interruptAfter = 1
        let execution = simulation.run()
        #expect(simulation.lines.contains("1 cancelled create Box/c"))
        let report = ExecutionReport(of: execution, steps: simulation.steps)
        #expect(report.outcome == .interrupted)
        #expect(report.steps.last?.outcome == .interrupted)
    }

    @Test func detachedNothingIsWaitedForThatNoStepNeeds() {
        var simulation = Simulation([.create("a"), waiting("a", is: .final, after: [createA])])
        simulation.settings.detach = true
        simulation.row = { box, _ in .box(box, .created) }
        let execution = simulation.run()
        #expect(simulation.lines.last == "1 succeeded create Box/a")
        #expect(ExecutionReport(of: execution, steps: simulation.steps).outcome == .succeeded)
    }

    @Test func aFewFailedQuestionsAreToleratedAndManyAreNot() {
        var tolerated = Simulation([.create("a")])
        tolerated.failingAsks = 1..<Poller.toleratedFailures
        #expect(ExecutionReport(of: tolerated.run(), steps: tolerated.steps).outcome == .succeeded)

        var many = Simulation([.create("a")])
        many.failingAsks = 1..<100
        let report = ExecutionReport(of: many.run(), steps: many.steps)
        #expect(report.outcome == .failed)
        #expect(report.unsettled.first?.failure == StepFailure(.failed, "no answer"))
        #expect(many.asks == Poller.toleratedFailures)
    }

    @Test func aDeadlineThatPassesWhileNothingIsAnsweredTellsWhy() {
        var simulation = Simulation([.create("a")])
        simulation.settings.timeout = .seconds(12)
        simulation.failingAsks = 1..<100
        _ = simulation.run()
        #expect(
            simulation.lines.last
                == "13 unsettled Box/a: after 12 s: Box/a is \"Created\"; the last question failed: no answer")
    }

    /// It was final, and a later step wants to know again.
    @Test func aDeadlineTellsTheLastKnownStateWhereNoAnswerComes() {
        var simulation = Simulation([
            .create("a"), .create("b", after: [createA]),
            Step(
                id: Step.ID("await", "a"),
                work: .reach([
                    Milestone(ResourceAddress(kind: "Box", name: "a"), is: .final),
                    Milestone(ResourceAddress(kind: "Box", name: "b"), is: .final),
                ]), calls: [], summary: "await boxes", impact: .none, reasons: [],
                after: [Step.ID("create", "b")]),
        ])
        simulation.settings.timeout = .seconds(12)
        simulation.failingAsks = 2..<100
        _ = simulation.run()
        #expect(
            simulation.lines.contains(
                "14 unsettled Box/b: after 12 s: Box/b is \"Created\"; the last question failed: no answer"))
    }

    @Test func everythingThatIsWaitedForIsAskedAboutAtOnce() {
        var simulation = Simulation((0..<100).map { .create("\($0)") })
        simulation.settings.parallelism = 100
        simulation.row = { box, seconds in .box(box, seconds < 20 ? .created : .final) }
        _ = simulation.run()
        #expect(simulation.asks < 8)
    }

    @Test func aResourceIsWaitedForWhileWhatItWasBeforeIsDeleted() {
        let retired = Step(
            id: Step.ID("delete", "a"),
            work: .delete(ResourceIdentity(id: "former"), cloudName: "former", retired: true), calls: [],
            summary: "delete former box a", impact: .none, reasons: [], after: [createA])
        var simulation = Simulation([.create("a"), retired])
        simulation.row = { box, _ in .box(box, .created, waitingFor: "tape") }
        let execution = simulation.run()
        #expect(ExecutionReport(of: execution, steps: simulation.steps).outcome == .deadline)
    }

    @Test func aFailureThatWasThereBeforeAWaitBeganEndsIt() {
        let slow = Step.create("slow", after: [Step.ID("create", "slower")])
        var simulation = Simulation([
            .create("a"), .create("slower"), slow,
            waiting("a", is: .final, after: [createA, Step.ID("create", "slow")]),
        ])
        simulation.row = { box, _ in .box(box, box == "a" ? .failed : .final) }
        let execution = simulation.run()
        #expect(simulation.lines.contains("6 failed await Box/a: failed"))
        #expect(ExecutionReport(of: execution, steps: simulation.steps).outcome == .failed)
    }

    @Test func whatWasObservedUnderAResourceBeforeAChangeIsNoProofOfTheChange() {
        let lid = Step(
            id: Step.ID("await", "a"),
            work: .reach([Milestone(ResourceAddress(kind: "Lid", name: "a"), is: .final)]), calls: [],
            summary: "await lid of a", impact: .none, reasons: [], after: [Step.ID("update", "a")])
        let update = Step(
            id: Step.ID("update", "a"), work: .update(fields: ["lid"]), calls: [], summary: "update box a",
            impact: .inPlace, reasons: [], after: [createA, Step.ID("create", "b")])
        var simulation = Simulation([.create("a"), .create("b"), .create("c"), update, lid])
        simulation.settings.parallelism = 1
        simulation.row = { box, _ in .box(box, .created) }
        simulation.lid = { box, seconds in .lid(of: box, (1..<10).contains(seconds) ? .created : .final) }
        let execution = simulation.run()
        #expect(ExecutionReport(of: execution, steps: simulation.steps).steps.last?.outcome == .succeeded)
        #expect(!simulation.lines.contains("4 succeeded await Box/a"))
    }

    @Test func failedQuestionsOfAnEarlierWaitAreForgotten() {
        var poller = Poller(interval: .seconds(5))
        let (first, second) = (ResourceAddress(kind: "Box", name: "a"), ResourceAddress(kind: "Box", name: "b"))
        _ = poller.watch(first, at: .zero)
        for round in 1...Poller.toleratedFailures { _ = poller.failed(at: .seconds(round), deadline: nil) }
        #expect(poller.isExhausted)
        poller.forget(first)
        _ = poller.watch(second, at: .seconds(60))
        _ = poller.failed(at: .seconds(61), deadline: nil)
        #expect(!poller.isExhausted)
    }
}
