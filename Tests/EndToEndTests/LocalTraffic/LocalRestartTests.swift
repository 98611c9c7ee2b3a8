import AttributeTree
import Foundation
import TestBackends
import Testing

extension EndToEndTests {
    /// What a local cloud that ends leaves behind, and how the next one in the same directory goes on.
    @Suite struct LocalRestartTests {
        @Test(
            "After a local cloud was killed the next one has the same resources, and finds the same tasks again",
            PythonPrograms.areInstalled())
        func killed() async throws {
            try await withTemporaryDirectory { directory in
                let before = try await Life.first(in: directory) { life in
                    try MarkedProcesses.kill(try await life.web.stage.cloud.processID)
                    for task in life.tasks {
                        let answer = try await LoopbackRequest(address: task.address, port: 8080).send()
                        #expect(answer.task == task.id, "tasks go on without the cloud")
                    }
                }
                try await Life.next(after: before, in: directory) { web in
                    let resources = try await Life.resources(web.stage)
                    #expect(resources == before.resources)
                    let found = try await web.tasks()
                    #expect(Set(found.map(\.id)) == Set(before.tasks.map(\.id)))
                    #expect(Set(before.processes.ids) == Set(found.compactMap(\.processID)), "nothing is there twice")
                    let traffic = try await web.traffic { try await web.settle() }
                    #expect(traffic.failures == [])
                    #expect(Set(traffic.requests.map(\.answer?.task)).isSubset(of: before.tasks.map(\.id)))
                }
                #expect(before.processes.ids == [], "what ends in order leaves nothing behind")
            }
        }

        @Test(
            "A task that ended while no local cloud was there is replaced by the next one",
            PythonPrograms.areInstalled())
        func taskEnded() async throws {
            try await withTemporaryDirectory { directory in
                let before = try await Life.first(in: directory) { life in
                    try MarkedProcesses.kill(try await life.web.stage.cloud.processID)
                    try MarkedProcesses.kill(try #require(life.tasks[0].processID))
                }
                try await Life.next(after: before, in: directory) { web in
                    try await eventually("another task") {
                        let tasks = try await web.tasks()
                        return tasks.count == 2 && !tasks.map(\.id).contains(before.tasks[0].id)
                    }
                    try await web.settle()
                    let tasks = try await web.tasks().map(\.id)
                    #expect(tasks.contains(before.tasks[1].id))
                    #expect(before.processes.ids.count == 2)
                    #expect(try await web.task(before.tasks[0].id).json["stopCode"] == "EssentialContainerExited")
                }
                #expect(before.processes.ids == [])
            }
        }

        /// When the cloud is killed, of a deployment that has begun.
        enum Stage: Sendable, CaseIterable {
            case begun, starting, draining
        }

        @Test(
            "A deployment during which the local cloud was killed goes on with the next one, and nothing is there twice",
            PythonPrograms.areInstalled(), arguments: Stage.allCases)
        func deploying(_ stage: Stage) async throws {
            try await withTemporaryDirectory { directory in
                let before = try await Life.first(in: directory) { life in
                    try await life.web.deploy(["VERSION": "2"])
                    switch stage {
                    case .begun: break
                    case .starting: try await eventually("a third process") { life.processes.ids.count > 2 }
                    case .draining:
                        try await eventually("a draining target") {
                            try await life.web.targets().values.contains { $0.hasPrefix("draining") }
                        }
                    }
                    try MarkedProcesses.kill(try await life.web.stage.cloud.processID)
                }
                try await Life.next(after: before, in: directory) { web in
                    _ = try await eventually("version 2") {
                        try await web.get()
                    } until: {
                        $0.version == "2"
                    }
                    try await web.settle()
                    let traffic = try await web.traffic { _ = try await web.described() }
                    #expect(traffic.phases == ["2"])
                    #expect(Set(before.processes.ids) == Set(try await web.tasks().compactMap(\.processID)))
                }
                #expect(before.processes.ids == [])
            }
        }

        @Test(
            "A local cloud that ends takes its tasks with it, and the next one starts others that serve at the same place",
            PythonPrograms.areInstalled())
        func ended() async throws {
            try await withTemporaryDirectory { directory in
                let before = try await Life.first(in: directory) { _ in }
                #expect(before.processes.ids == [])
                try await Life.next(after: before, in: directory) { web in
                    _ = try await eventually("an answer") {
                        try await web.get()
                    } until: {
                        $0.status == 200
                    }
                    try await web.settle()
                    let tasks = try await web.tasks().map(\.id)
                    #expect(tasks.count == 2 && Set(tasks).isDisjoint(with: before.tasks.map(\.id)))
                    #expect(before.processes.ids.count == 2)
                }
                #expect(before.processes.ids == [])
            }
        }
    }
}

/// A local cloud with a service of two tasks, and what there is of it.
private struct Life: Sendable {
    let web: WebStage
    let tasks: [DescribedTask]
    let resources: [AttributeValue]
    /// Those of its tasks.
    let processes: MarkedProcesses

    /// Starts the first one in a directory; afterwards it has ended.
    static func first(in directory: URL, _ body: @Sendable (Life) async throws -> Void) async throws -> Life {
        try await run(in: directory) { stage in
            let web = try await WebStage(stage, deregistrationDelay: 5)
            try await web.create()
            let tasks = try await web.tasks()
            let process = try #require(tasks.first?.processID)
            let life = Life(
                web: web, tasks: tasks, resources: try await resources(stage),
                processes: try #require(MarkedProcesses(ofTheCloudThatRuns: process)))
            #expect(life.processes.ids.count == 2)
            try await body(life)
            return life
        }
    }

    static func next(
        after life: Life, in directory: URL, _ body: @Sendable (WebStage) async throws -> Void
    ) async throws {
        try await run(in: directory) { stage in
            try await body(WebStage(stage, as: life.web))
        }
    }

    private static func run<Result: Sendable>(
        in directory: URL, _ body: @Sendable (BotoStage) async throws -> Result
    ) async throws -> Result {
        let place = directory.appending(path: "cloud")
        return try await LocalEndpoint.run(in: place, clockRate: WebStage.clockRate) { cloud in
            try await BotoStage.on(cloud, body)
        }
    }

    /// All that was made, as AWS's calls describe it.
    static func resources(_ stage: BotoStage) async throws -> [AttributeValue] {
        let service: AttributeValue = ["cluster": "walk", "services": ["web"]]
        let balancers = try await stage.boto3("elbv2", "describe_load_balancers")
        let arn = balancers["LoadBalancers"]?[0]?["LoadBalancerArn"] ?? .null
        return [
            try await stage.boto3("ecs", "describe_clusters", ["clusters": ["walk"]]),
            try await stage.boto3("ecs", "describe_services", service),
            try await stage.boto3("ecs", "list_task_definitions"),
            balancers,
            try await stage.boto3("elbv2", "describe_target_groups"),
            try await stage.boto3("elbv2", "describe_listeners", ["LoadBalancerArn": arn]),
        ]
    }
}
