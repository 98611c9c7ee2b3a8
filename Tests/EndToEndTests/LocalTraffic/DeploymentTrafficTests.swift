import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// Which requests may fail while a service is deployed: none, unless it is told to stop before it starts.
    @Suite struct DeploymentTrafficTests {
        @Test(
            "While tasks roll, every request is answered, by those of before or those of after",
            PythonPrograms.areInstalled())
        func rolling() async throws {
            try await WebStage.with { web in
                // Without it a task that takes longer to start than two failed checks is replaced for ever.
                try await web.create(
                    ["VERSION": "1"], ["desiredCount": 3, "healthCheckGracePeriodSeconds": 600])
                let traffic = try await web.traffic(clients: 2) {
                    try await web.deploy(["VERSION": "2", "HELLO_START_DELAY": "0.3"])
                    try await web.settle()
                }
                #expect(traffic.failures == [])
                #expect(traffic.versions.first == "1")
                #expect(Set(traffic.versions) == ["1", "2"])
                let afterwards = try await web.traffic { _ = try await web.described() }
                #expect(afterwards.phases == ["2"])
            }
        }

        @Test(
            "Of two deployments quickly after each other only the second one serves in the end, and no request fails",
            PythonPrograms.areInstalled())
        func superseded() async throws {
            try await WebStage.with { web in
                try await web.create(["VERSION": "1"])
                let traffic = try await web.traffic(clients: 2) {
                    try await web.deploy(["VERSION": "2"])
                    try await web.deploy(["VERSION": "3"])
                    try await web.settle()
                }
                #expect(traffic.failures == [])
                let afterwards = try await web.traffic { _ = try await web.described() }
                #expect(afterwards.phases == ["3"])
                let deployments = try await web.serviceDeployments()
                #expect(deployments == ["SUCCESSFUL", "STOPPED", "SUCCESSFUL"])
                try await web.hasProcesses(2)
            }
        }

        @Test(
            "A single task is replaced without a failed request where two may run for a while",
            PythonPrograms.areInstalled())
        func singleTask() async throws {
            try await WebStage.with { web in
                try await web.create(["VERSION": "1"], ["desiredCount": 1])
                let traffic = try await web.traffic(clients: 2) {
                    try await web.deploy(["VERSION": "2"])
                    try await web.settle()
                }
                #expect(traffic.failures == [])
                try await web.hasProcesses(1)
            }
        }

        @Test(
            "A task that has to stop before the next one starts leaves a gap, in which 503 is answered",
            PythonPrograms.areInstalled())
        func stopThenStart() async throws {
            // It drains for a second of ours before it stops.
            try await WebStage.with(deregistrationDelay: 40) { web in
                try await web.create(
                    ["VERSION": "1"],
                    [
                        "desiredCount": 1,
                        "deploymentConfiguration": ["minimumHealthyPercent": 0, "maximumPercent": 100],
                    ])
                let traffic = try await web.traffic {
                    try await web.deploy(["VERSION": "2"])
                    try await web.settle()
                }
                #expect(traffic.phases == ["1", nil, "2"])
                // The next one is the only target: it is sent to before it listens.
                #expect(traffic.failureStatuses.subtracting([502]) == [503])
            }
        }

        @Test("Scaling out and in fails no request", PythonPrograms.areInstalled())
        func scaling() async throws {
            try await WebStage.with { web in
                try await web.create([:], ["desiredCount": 1])
                let traffic = try await web.traffic(clients: 2) {
                    try await web.update(["desiredCount": 3])
                    try await web.settle()
                    try await eventually("three healthy targets") {
                        try await web.targets().values.sorted() == ["healthy", "healthy", "healthy"]
                    }
                    try await web.update(["desiredCount": 1])
                    try await web.settle()
                }
                #expect(traffic.failures == [])
                #expect(Set(traffic.requests.map(\.answer?.task)).count == 3)
                try await web.hasProcesses(1)
            }
        }
    }
}

extension WebStage {
    /// The statuses of the service's deployments, the latest first.
    func serviceDeployments() async throws -> [String] {
        let answer = try await boto3("ecs", "list_service_deployments", ["cluster": "walk", "service": "web"])
        return (answer["serviceDeployments"]?.listValue ?? []).compactMap { $0["status"]?.stringValue }
    }

    /// Expects that so many processes of tasks run in the end, and no other.
    fileprivate func hasProcesses(_ count: Int) async throws {
        let process = try #require(try await tasks().first?.processID)
        let all = try #require(MarkedProcesses(ofTheCloudThatRuns: process))
        _ = try await eventually("\(count) processes") {
            all.ids
        } until: {
            $0.count == count
        }
    }
}
