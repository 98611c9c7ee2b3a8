import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// Which requests may fail when a target goes: those it had when it was killed, or that drain for too long.
    @Suite struct TargetTrafficTests {
        @Test(
            "A killed task fails requests only until the load balancer hears of it, and is replaced",
            PythonPrograms.areInstalled())
        func killed() async throws {
            try await WebStage.with { web in
                try await web.create()
                let tasks = try await web.tasks()
                let killed = try #require(tasks.first)
                let process = try #require(killed.processID)
                let traffic = try await web.traffic {
                    _ = try await web.described()
                    try MarkedProcesses.kill(process)
                    try await eventually("the target's end") { try await web.targets()[killed.address] != "healthy" }
                }
                #expect(traffic.failureStatuses.isSubset(of: [502]))
                #expect(traffic.requests.first?.isAnswered == true)
                let pairs = zip(traffic.requests, traffic.requests.dropFirst())
                #expect(!pairs.contains { !$0.isAnswered && !$1.isAnswered }, "the other task has every other request")

                let afterwards = try await web.traffic { try await web.settle() }
                #expect(afterwards.failures == [])
                let end = try await web.task(killed.id)
                #expect(end.end == "EssentialContainerExited: Essential container in task exited")
                #expect(end.json["containers"]?[0]?["exitCode"] == 137)
                let left = Set(try await web.tasks().map(\.id))
                #expect(left.count == 2 && left.intersection(tasks.map(\.id)).count == 1)
            }
        }

        @Test("What a task is busy with when it is killed is answered with 502", PythonPrograms.areInstalled())
        func killedWhileBusy() async throws {
            try await WebStage.with { web in
                try await web.create(
                    ["HELLO_DELAY_MS": "700"], ["desiredCount": 1, "healthCheckGracePeriodSeconds": 600])
                let task = try #require(try await web.tasks().first)
                let process = try #require(task.processID)
                let (killedAt, traffic) = try await Traffic.run(clients: 4) {
                    try await web.get()
                } during: {
                    _ = try await eventually("an answer", find: { try await web.get() }) { $0.status == 200 }
                    // The clients, which got theirs at the same time, have asked again when this call is answered.
                    _ = try await web.targets()
                    let now = ContinuousClock.now
                    try MarkedProcesses.kill(process)
                    try await eventually("the target's end") { try await web.targets()[task.address] != "healthy" }
                    return now
                }
                let busy = traffic.requests.filter { $0.sentAt < killedAt && $0.endedAt > killedAt }
                #expect(busy.contains { $0.answer?.status == 502 })
                #expect(!busy.contains { $0.isAnswered && $0.endedAt > killedAt + .milliseconds(300) })
                #expect(traffic.failureStatuses.isSubset(of: [502, 503]))
            }
        }

        @Test(
            "A target that drains finishes the requests it has, for the deregistration delay, and gets no other",
            PythonPrograms.areInstalled())
        func draining() async throws {
            // The delay is three seconds of ours, longer than a request takes.
            try await WebStage.with(deregistrationDelay: 120) { web in
                try await web.create(["HELLO_DELAY_MS": "700"])
                let (drain, traffic) = try await web.drainOne()
                #expect(traffic.failures == [])
                let atDrained = traffic.requests.filter { $0.answer?.task == drain.task.id }
                #expect(atDrained.contains { $0.sentAt < drain.seenAt && $0.endedAt > drain.seenAt })
                // What is under way when the load balancer hears of it may get there still.
                #expect(!atDrained.contains { $0.sentAt > drain.seenAt + .milliseconds(300) })

                let end = try await web.task(drain.task.id)
                let stoppingAt = try #require(end.moment("stoppingAt"))
                let stoppedAt = try #require(end.moment("executionStoppedAt"))
                #expect(stoppedAt - stoppingAt >= 120)
            }
        }
    }
}

extension WebStage {
    fileprivate struct Drain: Sendable {
        var task: DescribedTask
        /// When its target was first seen to drain.
        var seenAt: ContinuousClock.Instant
    }

    /// Scales in from two tasks to one, with requests to both, until the other one has ended.
    fileprivate func drainOne() async throws -> (Drain, Traffic) {
        let before = try await tasks()
        return try await Traffic.run(clients: 6) {
            try await get()
        } during: {
            _ = try await eventually("requests at both", find: { try await get() }) { $0.status == 200 }
            try await update(["desiredCount": 1])
            let states = try await eventually("a draining target", find: { try await targets() }) {
                $0.values.contains(draining)
            }
            let drain = try #require(
                before.first { states[$0.address] == draining }.map { Drain(task: $0, seenAt: .now) })
            try await eventually("the end of the task") { try await task(drain.task.id).status == "STOPPED" }
            return drain
        }
    }

    private var draining: String { "draining (Target.DeregistrationInProgress)" }
}
