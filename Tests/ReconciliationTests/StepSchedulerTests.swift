import Planning
import Reconciliation
import ResourceModel
import TestSupport
import Testing

@Suite(.tags(.small))
struct StepSchedulerTests {
    /// Steps by their resource's name, each with those it comes after: `b<a` is b after a.
    private func scheduler(_ steps: String, parallelism: Int = 10) -> StepScheduler {
        let steps = steps.split(separator: " ").map { text -> Step in
            let names = text.split(separator: "<").map(String.init)
            return .create(names[0], after: names.dropFirst().map { Step.ID("create", $0) })
        }
        return StepScheduler(steps: steps, parallelism: parallelism) { [Milestone($0.address, is: .created)] }
    }

    /// The names of the steps that start now.
    private func start(_ scheduler: inout StepScheduler) -> String {
        scheduler.start().map(\.address.name).joined(separator: " ")
    }

    private func succeed(_ names: String, in scheduler: inout StepScheduler) {
        for name in names.split(separator: " ").map(String.init) {
            scheduler.answered(Step.ID("create", name), on: .created(name))
        }
    }

    @Test func startsWhatComesAfterNothingAndThenWhatComesAfterThat() {
        var scheduler = scheduler("a b<a c<a<b d")
        #expect(start(&scheduler) == "a d")
        succeed("a d", in: &scheduler)
        #expect(start(&scheduler) == "b")
        succeed("b", in: &scheduler)
        #expect(start(&scheduler) == "c")
        succeed("c", in: &scheduler)
        #expect(scheduler.isDone)
    }

    @Test func startsNoMoreCallsThanThereAreSlots() {
        var scheduler = scheduler("a b c d", parallelism: 2)
        #expect(start(&scheduler) == "a b")
        #expect(start(&scheduler) == "")
        succeed("b", in: &scheduler)
        #expect(start(&scheduler) == "c")
    }

    @Test func aCallThatWaitsForItsMilestoneGivesItsSlotBack() {
        var scheduler = scheduler("a b c<a", parallelism: 1)
        #expect(start(&scheduler) == "a")
        scheduler.answered(Step.ID("create", "a"), on: StatusBoard())
        #expect(start(&scheduler) == "b")
        succeed("b", in: &scheduler)
        #expect(start(&scheduler) == "", "c comes after a, which is not there yet")
        let a = ResourceAddress(kind: "Box", name: "a")
        #expect(scheduler.rowChanged(a, on: .created("a")).map(\.address) == [a])
        #expect(start(&scheduler) == "c")
    }

    @Test func aFailureStopsWhatComesAfterItAndNothingElse() {
        var scheduler = scheduler("a b<a c<b d e<d")
        _ = scheduler.start()
        #expect(scheduler.failed(Step.ID("create", "a")).map(\.address.name) == ["b", "c"])
        succeed("d", in: &scheduler)
        #expect(start(&scheduler) == "e")
        succeed("e", in: &scheduler)
        #expect(scheduler.isDone)
        #expect(scheduler.state(of: Step.ID("create", "c")) == .blocked)
    }

    @Test func whatIsBlockedTwiceKnowsBothRootCauses() {
        var scheduler = scheduler("a b c<a d<b<c e<d")
        _ = scheduler.start()
        _ = scheduler.failed(Step.ID("create", "a"))
        _ = scheduler.failed(Step.ID("create", "b"))
        #expect(scheduler.whyBlocked(Step.ID("create", "e")).map(\.address.name) == ["a", "b"])
        #expect(scheduler.isDone)
    }

    @Test func anInterruptionStartsNothingAndLetsEndWhatIsInFlight() {
        var scheduler = scheduler("a b c<a", parallelism: 1)
        #expect(start(&scheduler) == "a")
        #expect(scheduler.interrupt().map(\.address.name) == ["b", "c"])
        #expect(!scheduler.isDone)
        succeed("a", in: &scheduler)
        #expect(start(&scheduler) == "")
        #expect(scheduler.isDone)
        #expect(scheduler.state(of: Step.ID("create", "a")) == .succeeded)
    }

    @Test(arguments: UInt64(0)..<100)
    func everyStepStartsOnceAndAfterItsPredecessors(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = 40
        let steps = (0..<count).map { index in
            let after = (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
                index == 0 ? nil : Step.ID("create", "\(Int.random(in: 0..<index, using: &random))")
            }
            return Step.create("\(index)", after: after)
        }
        var scheduler = StepScheduler(steps: steps.shuffled(using: &random), parallelism: 3) { _ in [] }
        var inFlight: [Step] = []
        var ended: Set<Step.ID> = []
        while !scheduler.isDone {
            for step in scheduler.start() {
                #expect(step.after.allSatisfy(ended.contains), "\(step.id) started before what it comes after")
                inFlight.append(step)
            }
            #expect(inFlight.count <= 3)
            let index = Int.random(in: inFlight.indices, using: &random)
            let step = inFlight.remove(at: index)
            scheduler.answered(step.id, on: StatusBoard())
            #expect(ended.insert(step.id).inserted)
        }
        #expect(ended.count == count)
    }
}

extension Step.ID {
    init(_ verb: String, _ name: String) {
        self.init(verb: StepVerb(rawValue: verb) ?? .create, address: ResourceAddress(kind: "Box", name: name))
    }
}

extension Step {
    static func create(_ name: String, after: [Step.ID] = []) -> Step {
        Step(
            id: Step.ID("create", name), work: .create(cloudName: name, replacing: nil), calls: [],
            summary: "create box \(name)", impact: .none, reasons: [.added], after: after)
    }
}

extension StatusBoard {
    fileprivate static func created(_ name: String) -> StatusBoard {
        var board = StatusBoard()
        _ = board.set(
            StatusRow(address: ResourceAddress(kind: "Box", name: name), phase: .created, state: "Created"))
        return board
    }
}
