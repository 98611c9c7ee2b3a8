import Foundation
import TestBackends
import Testing

extension EndToEndTests {
    /// The program itself is killed at its calls, by SIGKILL, and run again: at one of each flow, or at all of them.
    @Suite struct KilledProgramTests {
        @Test(
            "Killed at a call of each flow of manifests/shop, it leaves what the next run brings to the same end",
            PythonPrograms.areInstalled())
        func shop() async throws {
            try await Workplace.withLocalCloud("shop", clockRate: 60) { place, cloud in
                var points = 0
                for number in isWholeSweep ? 1...99 : 2...2 {
                    var isReached = false
                    for moment in isWholeSweep ? CallGate.Moment.allCases : [.carriedOut] {
                        let killed = try await round(place, cloud, number, moment)
                        points += killed
                        if killed > 0 { isReached = true }
                    }
                    guard isReached else { break }
                }
                print("killed at \(points) points of manifests/shop")
                #expect(points > 0)
            }
        }

        /// - Returns: in how many flows it was killed: the others have no such call.
        private func round(
            _ original: Workplace, _ cloud: LocalEndpoint, _ number: Int, _ moment: CallGate.Moment
        ) async throws -> Int {
            var killed = 0
            let kept = try original.manifests()
            for flow in ProgramFlow.shop {
                try flow.change(original)
                let victim = Victim(at: number, moment)
                try await CallGate.run(before: cloud.access, victim.goesOn) { access in
                    var place = original
                    place.reconcile.access = access
                    place.reconcile.environment["RECONCILE_VAR_image"] = "reconcile/hello:1.0"
                    let first = try await place.reconcile(flow.goal, "--yes", "-o", "json") { _, program in
                        victim.began(program)
                    }
                    let call = victim.lastCall.map { "\($0) (\(number) of \(flow.name)), \(moment)" }
                    if call != nil { killed += 1 }
                    first.expect(status: call == nil ? 0 : 128 + 9)

                    let next = try await place.reconcile(flow.goal, "--yes")
                    #expect(next.status == 0, "\(call ?? ""): \(next.output)\(next.errors)")
                    let plan = try await place.reconcile(
                        "plan", "--detailed-exitcode")
                    #expect(plan.status == (flow.goal == "destroy" ? 2 : 0), "\(call ?? ""): \(plan.output)")
                    let found = try await Inventory(of: cloud.aws).inWrittenNames
                    #expect(found == flow.holdings, "\(call ?? "")")
                }
            }
            for (file, text) in kept { try original.write(text, to: file) }
            return killed
        }
    }
}

extension Workplace {
    /// The texts of all manifests by their files.
    fileprivate func manifests() throws -> [String: String] {
        let files = try FileManager.default.contentsOfDirectory(atPath: directory.appending(path: "manifests").path)
        return try Dictionary(uniqueKeysWithValues: files.filter { $0.hasSuffix(".yaml") }.map { ($0, try read($0)) })
    }
}
