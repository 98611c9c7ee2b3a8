import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.medium), .timeLimit(.minutes(1))) struct UnreachableEngineTests {
    @Test func anEngineThatIsGoneIsAnErrorAndNothingWorse() async throws {
        let runner = EngineRunner(owner: "test", socket: "/no/such.sock")
        let place = try await runner.prepare(.init(task: "t1", loopbackAddress: "127.9.0.1"))
        let container = ContainerHandle(task: "t1", name: "c", runtimeID: "00ff", address: "10.0.0.2")
        let error = await #expect(throws: ContainerStartError.self) {
            try await runner.start(.init(name: "c", image: "web:1"), in: place)
        }
        guard case .imageUnavailable("web:1", let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix("the container engine does not answer"))
        #expect(await runner.execute(["true"], in: container, timeout: .seconds(60)) == nil)
        #expect(await !runner.adopt(container))
        await runner.stop(container, grace: .seconds(60))
        await runner.remove(place)
        await runner.removeStrays(keeping: [])
    }

    @Test func whereNoEngineAnswersNoneIsFound() async {
        #expect(await EngineRunner.find(owner: "test", environment: ["DOCKER_HOST": "unix:///no/such.sock"]) == nil)
    }

    @Test func withoutAnEngineEverythingIsAProcess() async throws {
        try await ProcessWorld.run { world, _ in
            let both = CompositeRunner(processes: world.runner, engine: nil)
            let place = try await both.prepare(.init(task: "t1", loopbackAddress: "127.9.0.1"))
            let container = try await both.start(
                .init(name: "c", image: "test", command: ["sleep", "1000"]), in: place)
            #expect(ProcessIdentity(runtimeID: container.runtimeID)?.isRunning == true)
            var gone = container
            gone.runtimeID = "00ff"
            #expect(await !both.adopt(gone))
            #expect(await both.execute(["true"], in: gone, timeout: .seconds(60)) == nil)
        }
    }
}
