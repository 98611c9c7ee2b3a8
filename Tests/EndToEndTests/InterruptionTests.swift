import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What may befall an apply, and what the next one makes of it.
    @Suite struct InterruptionTests {
        @Test(
            "Ctrl-C, Ctrl-C twice, kill, a closed terminal and a closed pipe: nothing is lost or doubled",
            PythonPrograms.areInstalled())
        func signals() async throws {
            try await Workplace.withLocalCloud("hello") { place, _ in
                try place.drainQuickly()
                try await isStopped(place, at: "create Cluster/hello") { try $0.terminate() }
                try await isStopped(place, at: "configure Listener/http") { try $0.hangUp() }
                try await isStopped(place, at: "await Service/web") { try $0.interrupt() }
                // What was begun is under way, and all of it: it can be followed to its end.
                try await place.reconcile("attach").expect(status: 0)
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)

                try place.setVariable("VERSION", to: "2")
                try await leavesAtOnce(place)
                try await place.reconcile.bash("reconcile apply --yes | head -n 1 >/dev/null").expect(status: 0)
                try await convergesOnce(place)
            }
        }

        private func isStopped(
            _ place: Workplace, at step: String, by signal: @escaping @Sendable (Program.Running) throws -> Void
        ) async throws {
            let stopped = try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                if try AttributeValue(json: line).isStart(of: step) { try signal(program) }
            }
            stopped.expect(status: 130)
            #expect(stopped.errors.contains("stopping: nothing more is started"), "\(stopped.errors)")
            #expect(try stopped.events.last?["outcome"] == "interrupted")
            let history = try await place.reconcile("history", "--limit", "1", "-o", "json").expect(status: 0).json
            #expect(history["applies"].strings("outcome") == ["interrupted"])
        }

        /// A call is in flight for longer than anybody waits. The second signal comes when the first was heard: until then
        /// they count as one.
        private func leavesAtOnce(_ place: Workplace) async throws {
            try await place.reconcile("local", "faults", "add", "ecs:UpdateService", "--delay", "600000")
                .expect(status: 0)
            let left = try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                let event = try AttributeValue(json: line)
                if event.isStart(of: "update Service/web") || event["event"] == "cancelled" { try program.interrupt() }
            }
            left.expect(status: 130)
            #expect(left.errors.contains("left at once; the next apply finds out"), "\(left.errors)")
            try await place.reconcile("local", "faults", "clear").expect(status: 0)
        }

        private func convergesOnce(_ place: Workplace) async throws {
            try await place.reconcile("apply", "--yes").expect(status: 0)
            try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
            try await place.reconcile("status").expect(status: 0)
            let found = try await Inventory(of: place.aws)
            #expect(found.loadBalancers == Inventory.hello.loadBalancers && found.clusters == Inventory.hello.clusters)
            let definitions = try await place.aws("ecs", "list-task-definitions")["taskDefinitionArns"]
            #expect(definitions?.listValue?.count == 2, "no revision is doubled")
        }

        @Test(
            "A disk that is full while an apply records: it says so, and the next one converges",
            PythonPrograms.areInstalled())
        func diskFull() async throws {
            try await Workplace.withLocalCloud("hello") { place, _ in
                try place.drainQuickly()
                try await place.reconcile("plan").expect(status: 0)
                // No file may become longer than this; without the trap the process would be ended by a signal.
                let full = try await place.reconcile.bash("trap '' XFSZ; ulimit -f 60; reconcile apply --yes")
                full.expect(status: 1)
                #expect(full.errors.contains("cannot be written"), "\(full.errors)")
                try await place.reconcile("apply", "--yes").expect(status: 0)
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                let found = try await Inventory(of: place.aws)
                #expect(found == .hello)
            }
        }
    }
}
