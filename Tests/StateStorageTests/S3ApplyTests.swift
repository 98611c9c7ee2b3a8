import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import StateStorage
import TestSupport
import Testing

/// What an apply writes when its state is in a bucket.
@Suite(.tags(.medium))
struct S3ApplyTests {
    /// Calls take four times as long as writes, as they do with AWS, and ten are in flight.
    @Test func anApplyOfManyResourcesWritesFarFewerObjectsThanItHasEvents() async throws {
        let (clock, bucket) = (ManualClock(), InMemoryBucket())
        let cloud = InMemoryCloud(
            ToyKinds.all,
            script: { call, moment in
                guard call.verb == .create, case .before = moment else { return }
                try await clock.sleep(for: .milliseconds(120))
            })
        bucket.decideFates { _ in
            try? await clock.sleep(for: .milliseconds(30))
            return .answered
        }
        let reconciler = Reconciler(
            provider: cloud, store: bucket.store(), owner: Owner(project: "hello", environment: "test"),
            effects: Effects(clock: clock, time: { 1 }, makeClientToken: { "token" }, hash: { "\($0.count)" }),
            planner: Planner.plan)
        let desired = DesiredSet((1...300).map { .toy("Network/\($0)", ["range": "10/8"]) })
        let result = try await clock.passing {
            try await reconciler.apply(
                ReconcileRequest(.converge, desired), ApplyOptions(holder: .ada), describe: { _ in "{}" },
                approve: { _ in true }, emit: { _ in })
        }
        #expect(result.outcome == .succeeded)
        let state = try await bucket.store().load()
        #expect(state.serial == 900, "an intent, an outcome and an end each")
        #expect(bucket.logKeys.count < 450)
    }
}

extension ManualClock {
    /// Time passes as fast as it can while this runs.
    fileprivate func passing<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    for _ in 1...20 { await Task.yield() }
                    self.advanceToNextDeadline()
                }
            }
            defer { group.cancelAll() }
            return try await work()
        }
    }
}
