import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// An apply that does not come to its end.
    @Suite struct CrashTests {
        @Test(
            "Killed twice and interrupted once, the next apply converges with nothing doubled", Ministack.isInstalled())
        func crashes() async throws {
            try await ContainerEngine.run(helloTags: ["1.0"]) { engine in
                try await Ministack.run(engine: engine) { ministack in
                    try await Workplace.with("hello", on: ministack.access) { place in
                        try place.edit("task-definition.yaml", "reconcile/hello", "registry.example/hello:1.0")
                        try await isKilled(place, at: "create LoadBalancer/hello")
                        try await isKilled(place, at: "configure Listener/http")
                        try await isInterrupted(place, at: "create Service/web")

                        try await place.reconcile("apply", "--yes").expect(status: 0)
                        try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                        try await place.reconcile("status").expect(status: 0)
                        let found = try await Inventory(of: place.aws)
                        #expect(found == .hello)
                        let tasks = try await place.aws("ecs", "list-tasks", "--cluster", "hello")
                        #expect(tasks["taskArns"]?.listValue?.count == 2)

                        try await place.reconcile("destroy", "--yes").expect(status: 0)
                        let left = try await Inventory(of: place.aws)
                        #expect(left == .empty)
                    }
                }
            }
        }

        private func isKilled(_ place: Workplace, at step: String) async throws {
            let killed = try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                if try AttributeValue(json: line).isStart(of: step) { try program.kill() }
            }
            killed.expect(status: 128 + 9)
        }

        private func isInterrupted(_ place: Workplace, at step: String) async throws {
            let interrupted = try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                if try AttributeValue(json: line).isStart(of: step) { try program.interrupt() }
            }
            interrupted.expect(status: 130)
            let last = try #require(try interrupted.events.last)
            #expect(last["event"] == "finished")
            #expect(last["outcome"] == "interrupted")
        }
    }
}

extension AttributeValue {
    /// Whether it is the event of an apply that says that a step begins.
    func isStart(of step: String) -> Bool { self["event"] == "started" && self["step"] == .string(step) }
}
