import TestSupport
import Testing

@testable import LocalCloud

/// How a rolling deployment goes when each task that is started is healthy one step later.
///
/// A digit each step: tasks of before that are wanted, new ones that are starting, new ones that are healthy.
struct Rollout: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var desired: Int
    var minimum: Int
    var maximum: Int
    var before: String
    var starting: String
    var healthy: String
}

@Suite(.tags(.small))
struct DeploymentPlanTests {
    @Test(arguments: [
        Rollout(
            testDescription: "with twice the tasks allowed, all new ones start before an old one stops",
            desired: 4, minimum: 100, maximum: 200,
            before: "440", starting: "040", healthy: "004"),
        Rollout(
            testDescription: "with no more tasks allowed, half of them make room for the other half",
            desired: 4, minimum: 50, maximum: 100,
            before: "4200", starting: "0220", healthy: "0024"),
        Rollout(
            testDescription: "the maximum is rounded down: 150 % of 3 is 4",
            desired: 3, minimum: 100, maximum: 150,
            before: "33210", starting: "01110", healthy: "00123"),
        Rollout(
            testDescription: "the minimum is rounded up: 50 % of 3 is 2",
            desired: 3, minimum: 50, maximum: 100,
            before: "32100", starting: "01110", healthy: "00123"),
        Rollout(
            testDescription: "a single task is replaced without a gap",
            desired: 1, minimum: 100, maximum: 200,
            before: "110", starting: "010", healthy: "001"),
        Rollout(
            testDescription: "with nothing that has to stay, the only task makes room",
            desired: 1, minimum: 0, maximum: 100,
            before: "100", starting: "010", healthy: "001"),
    ])
    func rolls(_ rollout: Rollout) {
        let limits = DeploymentPlan.Limits(
            desired: rollout.desired, minimumHealthyPercent: rollout.minimum, maximumPercent: rollout.maximum)
        var before = DeploymentPlan.Counts(healthy: rollout.desired)
        var new = DeploymentPlan.Counts()
        var lines = ["\(rollout.desired)", "0", "0"]
        for _ in 1..<rollout.before.count {
            new.healthy += new.starting
            new.starting = 0
            carryOut(limits, &new, &before)
            lines[0] += "\(before.total)"
            lines[1] += "\(new.starting)"
            lines[2] += "\(new.healthy)"
        }
        #expect(lines == [rollout.before, rollout.starting, rollout.healthy])
    }

    /// As the world does, until the plan is empty.
    private func carryOut(
        _ limits: DeploymentPlan.Limits, _ new: inout DeploymentPlan.Counts, _ before: inout DeploymentPlan.Counts
    ) {
        while true {
            let plan = DeploymentPlan(limits, primary: new, superseded: before, hasFailed: false)
            if plan.isEmpty { return }
            before.healthy -= plan.stopOfSuperseded.healthy
            new.starting += plan.start
        }
    }

    @Test("limits that allow no step are told of")
    func blocked() {
        let limits = DeploymentPlan.Limits(desired: 1, minimumHealthyPercent: 100, maximumPercent: 100)
        let plan = DeploymentPlan(
            limits, primary: .init(), superseded: .init(healthy: 1), hasFailed: false)
        #expect(plan.isEmpty)
        #expect(plan.isBlocked)
    }

    @Test("a task that is not healthy any more is stopped when another one is healthy in its place")
    func replacesFirst() {
        let limits = DeploymentPlan.Limits(desired: 2, minimumHealthyPercent: 100, maximumPercent: 200)
        let begin = DeploymentPlan(
            limits, primary: .init(healthy: 1, unhealthy: 1), superseded: .init(), hasFailed: false)
        #expect(begin.start == 1)
        #expect(begin.stopOfPrimary.total == 0)
        let end = DeploymentPlan(
            limits, primary: .init(healthy: 2, unhealthy: 1), superseded: .init(), hasFailed: false)
        #expect(end.stopOfPrimary == .init(unhealthy: 1))
    }

    @Test("where the maximum leaves no room, a task that is not healthy any more is stopped first")
    func stopsUnhealthyForRoom() {
        let limits = DeploymentPlan.Limits(desired: 2, minimumHealthyPercent: 50, maximumPercent: 100)
        let plan = DeploymentPlan(
            limits, primary: .init(healthy: 1, unhealthy: 1), superseded: .init(), hasFailed: false)
        #expect(plan.start == 0)
        #expect(plan.stopOfPrimary == .init(unhealthy: 1))
    }

    @Test("fewer tasks: those on their way go first")
    func scalesIn() {
        let limits = DeploymentPlan.Limits(desired: 2, minimumHealthyPercent: 100, maximumPercent: 200)
        let plan = DeploymentPlan(
            limits, primary: .init(starting: 1, waiting: 1, healthy: 2), superseded: .init(), hasFailed: false)
        #expect(plan.stopOfPrimary == .init(starting: 1, waiting: 1))
    }

    @Test("a deployment that has failed starts nothing, and leaves alone what serves")
    func failed() {
        let limits = DeploymentPlan.Limits(desired: 2, minimumHealthyPercent: 100, maximumPercent: 200)
        let plan = DeploymentPlan(
            limits, primary: .init(starting: 2), superseded: .init(healthy: 2), hasFailed: true)
        #expect(plan.start == 0)
        #expect(plan.stopOfPrimary == .init(starting: 2))
        #expect(plan.stopOfSuperseded.total == 0)
    }

    /// The three rules of ``DeploymentPlan``, from counts of any kind.
    @Test(arguments: UInt64(0)..<500)
    func keepsItsLimits(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let limits = DeploymentPlan.Limits(
            desired: .random(in: 0...6, using: &random),
            minimumHealthyPercent: .random(in: 0...100, using: &random),
            maximumPercent: .random(in: 100...250, using: &random))
        func counts() -> DeploymentPlan.Counts {
            DeploymentPlan.Counts(
                starting: .random(in: 0...3, using: &random), waiting: .random(in: 0...3, using: &random),
                healthy: .random(in: 0...5, using: &random), unhealthy: .random(in: 0...2, using: &random))
        }
        let (primary, superseded) = (counts(), counts())
        let plan = DeploymentPlan(limits, primary: primary, superseded: superseded, hasFailed: false)
        let stopped = plan.stopOfPrimary.total + plan.stopOfSuperseded.total
        let wanted = primary.total + superseded.total - stopped + plan.start
        #expect(plan.start == 0 || wanted <= limits.maximum)
        let stoppedHealthy = plan.stopOfPrimary.healthy + plan.stopOfSuperseded.healthy
        #expect(stoppedHealthy == 0 || primary.healthy + superseded.healthy - stoppedHealthy >= limits.minimum)
        for (had, taken) in [(primary, plan.stopOfPrimary), (superseded, plan.stopOfSuperseded)] {
            #expect(taken.starting <= had.starting && taken.waiting <= had.waiting)
            #expect(taken.healthy <= had.healthy && taken.unhealthy <= had.unhealthy)
        }
    }
}
