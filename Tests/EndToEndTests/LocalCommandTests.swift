import AttributeTree
import Foundation
import TestBackends
import TestSupport
import Testing

extension EndToEndTests {
    /// The local cloud as its user meets it: started when it is needed, looked after by `reconcile local`.
    @Suite struct LocalCommandTests {
        @Test("It starts by itself, is found again, keeps what it has, and ends with everything it runs")
        func lifecycle() async throws {
            try await withTemporaryDirectory { directory in
                let reconcile = try project(in: directory)
                do {
                    let applied = try await reconcile("apply", "--yes").expect(status: 0)
                    #expect(applied.errors.contains("started the local cloud at http://127.0.0.1:"))
                    try await reconcile("plan", "--detailed-exitcode").expect(status: 0)
                    let up = try await reconcile("local", "up").expect(status: 0)
                    #expect(up.output.contains("was running already"))
                    let status = try await reconcile("local", "status", "-o", "json").expect(status: 0).json
                    #expect(status["running"] == true)
                    let logs = try await reconcile("local", "logs").expect(status: 0)
                    #expect(logs.output.contains("listening at 127."))

                    try await reconcile("local", "down").expect(status: 0)
                    #expect(try await reconcile("local", "status").expect(status: 1).output.contains("does not run"))
                    #expect(try runningTasks(below: directory).isEmpty)

                    // It is there again, with tasks in the place of those that ended.
                    let again = try await reconcile("plan", "--detailed-exitcode")
                    #expect([0, 2].contains(again.status), "\(again.output)\(again.errors)")
                    #expect(again.errors.contains("started the local cloud"))
                    try await reconcile("local", "down", "--forget").expect(status: 0)
                    #expect(!FileManager.default.fileExists(atPath: directory.path + "/manifests/.reconcile/local"))
                } catch {
                    _ = try await reconcile("local", "down")
                    throw error
                }
            }
        }

        @Test("A fault that is asked for befalls the calls it names, and an apply gets over it")
        func faults() async throws {
            try await Workplace.withLocalCloud("hello") { place, _ in
                let reconcile = place.reconcile
                try await reconcile("local", "faults", "add", "ecs:CreateService", "--throttle", "--times", "1")
                    .expect(status: 0)
                try await reconcile("local", "faults", "add", "elbv2:CreateListener", "--drop-answer", "--times", "1")
                    .expect(status: 0)
                let listed = try await reconcile("local", "faults", "list").expect(status: 0)
                #expect(listed.output.split(separator: "\n").count == 2)
                try await reconcile("apply", "--yes").expect(status: 0)
                #expect(try await reconcile("local", "faults").expect(status: 0).output.isEmpty, "both have happened")
                #expect(try await Inventory(of: place.aws) == .hello)
                try await reconcile("local", "faults", "add", "ecs:CreateService").expect(status: 64)
                try await reconcile("local", "faults", "clear").expect(status: 0)
                #expect(try await reconcile("local", "faults").expect(status: 0).output.isEmpty)
            }
        }

        @Test("An environment that is not on this machine has no local cloud")
        func elsewhere() async throws {
            try await withTemporaryDirectory { directory in
                let reconcile = try project(in: directory)
                let refused = try await reconcile("local", "up", "-e", "production").expect(status: 64)
                #expect(refused.errors.contains("environment production is not on this machine"))
                #expect(refused.errors.contains("choose local with --env"))
            }
        }

        private func project(in directory: URL) throws -> CommandLineTool {
            try FileManager.default.copyItem(
                at: TestData.projectDirectory.appending(path: "manifests/hello"),
                to: directory.appending(path: "manifests"))
            return CommandLineTool(in: directory)
        }

        /// The command lines of processes that run there.
        private func runningTasks(below directory: URL) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.compactMap { id in
                let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
                guard place?.hasPrefix(directory.path) == true else { return nil }
                return FileManager.default.contents(atPath: "/proc/\(id)/cmdline").map {
                    String(decoding: $0, as: UTF8.self)
                }
            }
        }
    }
}
