import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    @Suite struct LockTests {
        @Test(
            "Of two applies at once the second is told who holds the lock, which goes with the first",
            Moto.isInstalled())
        func twoAtOnce() async throws {
            try await Moto.run { moto in
                try await Workplace.with("hello", on: moto.access) { place in
                    try place.suitMoto()
                    // The service never progresses, and so the first holds the lock until it is told to stop.
                    let first = try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                        guard try AttributeValue(json: line).isStart(of: "await Service/web") else { return }
                        let second = try await place.reconcile("apply", "--yes").expect(status: 75)
                        #expect(second.errors.contains("process \(program.processID): apply"), "\(second.errors)")
                        try await place.reconcile("plan").expect(status: 0)
                        try program.interrupt()
                    }
                    first.expect(status: 130)
                    try await place.reconcile("destroy", "--yes").expect(status: 0)
                }
            }
        }
    }
}
