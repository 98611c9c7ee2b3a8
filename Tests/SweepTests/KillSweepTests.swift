import Planning
import Reconciliation
import StateModel
import TestSupport
import Testing

/// A process that is killed at any moment at which it could matter, and the one that comes after it.
@Suite("Kill sweep", .tags(.medium))
struct KillSweepTests {
    @Test("wherever the process is killed, the next apply converges to what one apply gives", arguments: Flow.hello)
    func hello(flow: Flow) throws {
        try sweep(flow, every: Sweep.isWhole ? 1 : 3)
    }

    @Test("so it does in the shop", arguments: Flow.shop)
    func shop(flow: Flow) throws {
        try sweep(flow, every: Sweep.isWhole ? 1 : 23)
    }

    private func sweep(_ flow: Flow, every step: Int) throws {
        let snapshot = try flow.prepared()
        let desired = try flow.desired()
        let clean = Attempt(flow, snapshot, desired)
        let process = clean.process()
        let result = try process.apply(desired, flow.goal)
        #expect(result?.outcome == .succeeded)
        let moments = process.moments
        let wanted = clean.settledPrint()
        let points = Array(stride(from: 1, through: moments.count, by: step))
        for point in points {
            let place = "killed \(moments[point - 1]) (\(point) of \(moments.count))"
            let attempt = Attempt(flow, snapshot, desired)
            let killed = try attempt.process(death: point).apply(desired, flow.goal)
            #expect(killed == nil, "\(place): it was not killed")
            try attempt.expectConvergence(to: wanted, place)
        }
        print("kill sweep, \(flow.testDescription): \(points.count) of \(moments.count) points")
    }
}
