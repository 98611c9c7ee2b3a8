import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// The same with containers in the place of processes.
    @Suite struct ContainerTrafficTests {
        @Test(
            "Containers roll without a failed request, a killed one is replaced, and none is left in the end",
            PythonPrograms.areInstalled())
        func containers() async throws {
            try await ContainerEngine.run(helloTags: ["1.0", "2.0"]) { engine in
                try await WebStage.with(engine: engine) { web in
                    try await web.create(image: "\(ContainerEngine.helloRepository):1.0")
                    let traffic = try await web.traffic {
                        let next = "\(ContainerEngine.helloRepository):2.0"
                        let revision = try await web.stage.register(BotoStage.hello(image: next))
                        try await web.update(["taskDefinition": revision])
                        try await web.settle(within: .seconds(60))
                    }
                    #expect(traffic.failures == [])
                    let tags = traffic.requests.compactMap { $0.answer?.body.split(separator: " ").dropFirst().first }
                    #expect(tags.first == "1.0" && Set(tags) == ["1.0", "2.0"])

                    let tasks = try await web.tasks()
                    #expect(try await engine.containers().count == 2)
                    for task in tasks {
                        let answer = try await LoopbackRequest(address: task.address, port: 8080).send()
                        #expect(answer.body.hasPrefix("hello 2.0"))
                    }
                    try await engine.kill(try #require(tasks[0].json["containers"]?[0]?["runtimeId"]?.stringValue))
                    try await eventually("another task") {
                        let found = try await web.tasks().map(\.id)
                        return found.count == 2 && !found.contains(tasks[0].id)
                    }
                    try await web.settle()
                    #expect(try await web.task(tasks[0].id).json["containers"]?[0]?["exitCode"] == 137)
                }
                #expect(try await engine.containers() == [])
            }
        }
    }
}
