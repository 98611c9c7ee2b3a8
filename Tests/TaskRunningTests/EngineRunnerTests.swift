import Foundation
import TestBackends
import TestSupport
import Testing

@testable import TaskRunning

/// In a container engine that runs for each test; what it has in it afterwards is an error of the runner.
@Suite(.tags(.large), .timeLimit(.minutes(5)), .serialized, PythonPrograms.areInstalled())
struct EngineRunnerTests {
    private static let image = "\(ContainerEngine.helloRepository):1"

    private func withRunner(_ body: (EngineRunner, EngineAPI, inout EventReader) async throws -> Void) async throws {
        try await ContainerEngine.run(helloTags: ["1"]) { engine in
            let socket = try #require(EngineSocket.candidates(environment: ["DOCKER_HOST": engine.host]).first)
            let owner = "test-\(UUID().uuidString)"
            let runner = EngineRunner(owner: owner, socket: socket)
            let api = EngineAPI(client: EngineClient(socket: socket))
            var events = EventReader(runner)
            try await withThrowingTaskGroup { group in
                group.addTask { await runner.run() }
                defer { group.cancelAll() }
                try await body(runner, api, &events)
            }
            await runner.removeStrays(keeping: [])
            #expect(try await api.containers(label: EngineLabels.owner, owner).isEmpty)
        }
    }

    private func start(
        _ runner: EngineRunner, _ script: String, name: String = "c", task: String = "t1"
    ) async throws -> ContainerHandle {
        try await runner.start(
            ContainerSpecification(
                name: name, image: Self.image, entryPoint: ["/bin/sh", "-c"], command: [script],
                environment: ["COLOUR": "blue"]),
            in: TaskPlace(task: task, address: nil))
    }

    @Test func aContainerTellsItsOutputItsExitCodeAndIsRemoved() async throws {
        try await withRunner { runner, api, events in
            let environment = ["DOCKER_HOST": "unix://\(api.client.socket)"]
            #expect(await EngineRunner.find(owner: "test", environment: environment) != nil)
            let container = try await start(runner, "echo $COLOUR; echo error >&2; exit 3")
            #expect(await events.end(of: container) == .ended(container, exitCode: 3, reason: nil))
            #expect(events.lines(of: container).sorted() == ["blue", "error"])

            let killed = try await start(runner, "kill -9 $$", task: "t2")
            #expect(await events.exitCode(of: killed) == 137)

            await runner.remove(TaskPlace(task: "t1", address: nil))
            await runner.remove(TaskPlace(task: "t1", address: nil))
            await #expect(throws: EngineError.self) { try await api.inspect(container.runtimeID) }
        }
    }

    @Test func theContainersOfATaskAreReachedAtOneAddress() async throws {
        try await withRunner { runner, _, events in
            let place = try await runner.prepare(.init(task: "t1", loopbackAddress: "127.9.0.1"))
            let web = try await runner.start(
                ContainerSpecification(
                    name: "web", image: Self.image, environment: ["PORT": "8081"], memoryLimit: 64, ports: [8081]),
                in: place)
            let beside = try await start(runner, "echo ready; exec sleep 1000", name: "beside")
            let other = try await start(runner, "exec sleep 1000", task: "t2")
            #expect(web.address == beside.address)
            #expect(other.address != web.address)
            #expect(await events.line(of: beside, containing: "ready") != nil)
            #expect(await answers(at: web.address, 8081))

            let check = ["/bin/sh", "-c", "test $COLOUR = blue"]
            #expect(await runner.execute(check, in: beside, timeout: .seconds(60)) == 0)
            #expect(await runner.execute(check, in: web, timeout: .seconds(60)) != 0)
            #expect(await runner.execute(["sleep", "1000"], in: beside, timeout: .milliseconds(200)) == nil)
            #expect(await runner.execute(["no-such-program"], in: beside, timeout: .seconds(60)) != 0)
        }
    }

    @Test func aStoppedContainerMayFinishItsWorkWithinTheGrace() async throws {
        try await withRunner { runner, _, events in
            let willing = try await start(
                runner, "trap 'echo finished; exit 0' TERM; echo ready; while :; do sleep 0.1; done")
            let unwilling = try await start(
                runner, "trap '' TERM; echo ready; while :; do sleep 0.1; done", task: "t2")
            for container in [willing, unwilling] {
                _ = await events.line(of: container, containing: "ready")
            }
            await runner.stop(willing, grace: .seconds(60))
            #expect(await events.exitCode(of: willing) == 0)
            #expect(events.lines(of: willing) == ["ready", "finished"])
            await runner.stop(unwilling, grace: .milliseconds(100))
            #expect(await events.exitCode(of: unwilling) == 137)
            await runner.stop(unwilling, grace: .seconds(60))
        }
    }

    @Test func whatCannotBeStartedSaysWhyInTheEnginesWords() async throws {
        try await withRunner { runner, _, _ in
            let place = TaskPlace(task: "t1", address: nil)
            await #expect(throws: ContainerStartError.self) {
                try await runner.start(.init(name: "c", image: "localhost:1/no/such:1"), in: place)
            }
            let error = await #expect(throws: ContainerStartError.self) {
                try await runner.start(
                    .init(name: "c", image: Self.image, entryPoint: ["/no/such"], hasInit: false), in: place)
            }
            guard case .cannotStart(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("/no/such"))
        }
    }

    @Test func aContainerThatWantsTooMuchMemorySaysSo() async throws {
        try await withRunner { runner, _, events in
            let container = try await runner.start(
                ContainerSpecification(
                    name: "c", image: Self.image, entryPoint: ["/bin/sh", "-c", "x=a; while :; do x=$x$x; done"],
                    memoryLimit: 8, hasInit: false),
                in: TaskPlace(task: "t1", address: nil))
            #expect(
                await events.end(of: container)
                    == .ended(container, exitCode: 137, reason: ContainerEvent.outOfMemory))
        }
    }

    @Test func anEngineThatEndsIsAnErrorAndNothingWorse() async throws {
        let (runner, container) = try await ContainerEngine.run(helloTags: ["1"]) { engine in
            let socket = try #require(EngineSocket.candidates(environment: ["DOCKER_HOST": engine.host]).first)
            let runner = EngineRunner(owner: "test-\(UUID().uuidString)", socket: socket)
            let container = try await start(runner, "exec sleep 1000")
            await runner.remove(TaskPlace(task: "t2", address: nil))
            return (runner, container)
        }
        await withTaskGroup { group in
            group.addTask { await runner.run() }
            defer { group.cancelAll() }
            #expect(await !runner.adopt(container))
            #expect(await runner.execute(["true"], in: container, timeout: .seconds(60)) == nil)
            await runner.stop(container, grace: .seconds(60))
            await #expect(throws: ContainerStartError.self) { try await start(runner, "true") }
        }
    }

    @Test func containersAreFoundAgainByTheNextRunnerAndStraysAreNot() async throws {
        try await withRunner { runner, api, events in
            let script = "echo first; until [ -e /end ]; do sleep 0.1; done; echo last; exit 7"
            let kept = try await start(runner, script)
            let stray = try await start(runner, "exec sleep 1000", task: "t2")
            _ = await events.line(of: kept, containing: "first")

            let owner = try #require(try await api.inspect(kept.runtimeID).configuration.labels?[EngineLabels.owner])
            let next = EngineRunner(owner: owner, socket: api.client.socket)
            var nextEvents = EventReader(next)
            await withTaskGroup { group in
                group.addTask { await next.run() }
                defer { group.cancelAll() }
                #expect(await next.adopt(kept))
                await next.removeStrays(keeping: [TaskPlace(task: "t1", address: nil)])
                #expect(await !next.adopt(stray))
                #expect(await next.execute(["/bin/sh", "-c", "> /end"], in: kept, timeout: .seconds(60)) == 0)
                #expect(await nextEvents.end(of: kept) == .ended(kept, exitCode: 7, reason: nil))
                #expect(nextEvents.lines(of: kept) == ["last"])
                #expect(await !next.adopt(kept))
            }
            #expect(await events.end(of: stray) != nil)
        }
    }

    @Test func theBuiltInImageIsAProcessAndOthersAreContainers() async throws {
        try await withRunner { runner, _, _ in
            try await TemporaryDirectory.with { directory in
                let processes = ProcessRunner(
                    owner: "test-\(UUID().uuidString)", directory: directory.url.path,
                    builtIn: ["reconcile/hello": ["/bin/sh", "-c", "echo built in; exec sleep 1000"]])
                let both = CompositeRunner(processes: processes, engine: runner)
                let place = try await both.prepare(.init(task: "t1", loopbackAddress: "127.9.0.1"))
                let hello = try await both.start(.init(name: "hello", image: "reconcile/hello:1"), in: place)
                let other = try await both.start(.init(name: "web", image: Self.image), in: place)
                #expect(hello.address == "127.9.0.1")
                #expect(other.address != hello.address)
                for container in [hello, other] {
                    #expect(await both.adopt(container))
                    #expect(await both.execute(["true"], in: container, timeout: .seconds(60)) != nil)
                }
                await both.remove(place)
                for container in [hello, other] { #expect(await !both.adopt(container)) }
            }
        }
    }

    /// Whether a server answers; it may not listen yet.
    private func answers(at host: String, _ port: Int) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let answer = try? await RawConnection.answer(to: "GET /healthz", host, port)
            if answer?.contains("200 OK") == true { return true }
            await Task.yield()
        }
        return false
    }
}
