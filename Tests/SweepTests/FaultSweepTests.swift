import Planning
import Reconciliation
import StateModel
import TestSupport
import Testing

@testable import LocalCloud

/// Calls that anything may befall, and an apply after that.
@Suite("Fault sweep", .tags(.medium))
struct FaultSweepTests {
    @Test("whatever befalls one operation all the time, the apply says so or converges", arguments: Fault.allCases)
    func oneOperation(fault: Fault) throws {
        let flow = Flow.hello[0]
        let snapshot = try flow.prepared()
        let desired = try flow.desired()
        let clean = Attempt(flow, snapshot, desired)
        let process = clean.process()
        try #require(try process.apply(desired)?.outcome == .succeeded)
        let wanted = clean.settledPrint()
        var converged = 0
        for operation in process.operations {
            let attempt = Attempt(flow, snapshot, desired)
            attempt.cloud.remembers(seconds: 10)
            let place = "\(operation) \(fault.rawValue)"
            let words = attempt.troubles(of: attempt.process(trouble: .one(fault, operation: operation)))
            if let words {
                #expect(words.contains(operation), "\(place): \(words)")
            } else {
                converged += 1
                #expect(attempt.settledPrint() == wanted, "\(place)")
            }
            try attempt.expectConvergence(to: wanted, place)
        }
        print("fault sweep, \(fault.rawValue): \(process.operations.count) operations, \(converged) converged at once")
    }

    @Test(
        "with anything at random, an apply converges or tells what befell it, and the next one converges",
        arguments: Sweep.isWhole ? Flow.hello + Flow.shop : Array(Flow.hello.prefix(2)))
    func random(flow: Flow) throws {
        let seeds: UInt64 = Sweep.isWhole ? 200 : 20
        let snapshot = try flow.prepared()
        let desired = try flow.desired()
        let clean = Attempt(flow, snapshot, desired)
        try #require(try clean.process().apply(desired, flow.goal)?.outcome == .succeeded)
        let wanted = clean.settledPrint()
        var converged = 0
        for seed in 0..<seeds {
            let attempt = Attempt(flow, snapshot, desired)
            attempt.cloud.remembers(seconds: 10)
            let place = "\(flow.testDescription), seed \(seed)"
            let process = attempt.process(seed: seed, trouble: .random(0.2))
            if let words = attempt.troubles(of: process) {
                #expect(process.befallen.contains { words.contains($0) }, "\(place): \(words)")
            } else {
                converged += 1
            }
            try attempt.expectConvergence(to: wanted, place)
        }
        print("fault sweep, \(flow.testDescription): \(converged) of \(seeds) applies converged at once")
    }
}

extension Attempt {
    /// What an apply said that did not end well; `nil` for one that did.
    fileprivate func troubles(of process: SimulatedProcess) -> String? {
        do {
            guard let result = try process.apply(desired, flow.goal) else { return "" }
            return result.outcome == .succeeded ? nil : result.troubles
        } catch {
            return "\(error)"
        }
    }
}

extension SimulatedCloud {
    /// Keeps what reads may be answered with later.
    fileprivate func remembers(seconds: Double) {
        faults.add([FaultRule("nobody:Asks", .staleReads(seconds: seconds))], seed: nil)
    }
}
