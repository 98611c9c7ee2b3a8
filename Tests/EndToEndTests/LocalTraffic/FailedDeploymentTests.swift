import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What happens to requests when what is deployed does not work.
    @Suite struct FailedDeploymentTests {
        /// A task that never becomes healthy.
        struct BadTask: Sendable {
            var environment: [String: String] = [:]
            var image = "reconcile/hello"
            /// For how long failed health checks of targets do not count, in seconds of the cloud.
            var gracePeriod = 600
            /// How it ends: the stop code, and how the reason begins.
            var end: String
        }

        private static let badTasks = [
            BadTask(
                environment: ["HELLO_HEALTH": "fail"], gracePeriod: 0,
                end: "ServiceSchedulerInitiated: Task failed ELB health checks in (target-group "),
            BadTask(
                environment: ["HELLO_CRASH_AFTER": "0.2", "HELLO_START_DELAY": "10"],
                end: "EssentialContainerExited: Essential container in task exited"),
            BadTask(
                image: "registry.example/missing:1.0", end: "TaskFailedToStart: CannotPullContainerError"),
        ]

        @Test(
            "Tasks that fail their health checks, crash, or cannot be pulled are rolled back, and no request fails",
            PythonPrograms.areInstalled())
        func rollback() async throws {
            try await WebStage.with { web in
                try await web.create(
                    ["VERSION": "1"],
                    [
                        "deploymentConfiguration": ["deploymentCircuitBreaker": ["enable": true, "rollback": true]]
                    ])
                let serving = Set(try await web.tasks().map(\.id))
                for bad in Self.badTasks {
                    let traffic = try await web.traffic(clients: 2) {
                        let revision = try await web.stage.register(BotoStage.hello(bad.environment, image: bad.image))
                        try await web.update([
                            "taskDefinition": revision, "healthCheckGracePeriodSeconds": .int(bad.gracePeriod),
                        ])
                        try await web.settle()
                    }
                    #expect(traffic.failures == [])
                    #expect(Set(traffic.requests.map(\.answer?.task)) == Set(serving.map { $0 }))
                    #expect(try await web.serviceDeployments().first == "ROLLBACK_SUCCESSFUL")
                    let ends = try await web.tasks("STOPPED").compactMap(\.end)
                    let isMeant = { (end: String) in end.hasPrefix(bad.end) }
                    #expect(ends.count(where: isMeant) >= 3, "the circuit breaker counts to three: \(ends)")
                }
            }
        }

        @Test(
            "Tasks that crash while they serve fail requests with 502 and 503, until others take their place",
            PythonPrograms.areInstalled())
        func crashLoop() async throws {
            try await WebStage.with { web in
                try await web.create(["VERSION": "1"])
                let traffic = try await web.traffic {
                    try await web.deploy(["VERSION": "2", "HELLO_CRASH_AFTER": "1.5"])
                    try await eventually("a crash") { try await web.get().status != 200 }
                    try await web.deploy(["VERSION": "3"])
                    try await web.settle()
                }
                #expect(traffic.failureStatuses.isSubset(of: [502, 503]) && !traffic.failures.isEmpty)
                let afterwards = try await web.traffic { _ = try await web.described() }
                #expect(afterwards.phases == ["3"])
            }
        }

        @Test(
            "A wrong health check path leaves the tasks serving, as the load balancer fails open; the right one mends it",
            PythonPrograms.areInstalled())
        func wrongHealthCheckPath() async throws {
            try await WebStage.with { web in
                try await web.create()
                let serving = Set(try await web.tasks().map(\.id))
                let traffic = try await web.traffic {
                    try await web.checkHealth(at: "/nowhere")
                    try await eventually("a task that replaces an unhealthy one, and is no better") {
                        try await web.tasks("STOPPED").contains {
                            $0.end?.contains("failed ELB health checks") == true
                        }
                    }
                    try await web.checkHealth(at: "/healthz")
                    try await web.settle()
                    // As many tasks run as should while the last one that was replaced has yet to listen.
                    try await eventually("only healthy targets") {
                        Set(try await web.targets().values) == ["healthy"]
                    }
                }
                let answered = Set(traffic.requests.compactMap(\.answer?.task))
                #expect(serving.isSubset(of: answered))
                // A target that is new is sent to as well, before its task listens.
                #expect(traffic.failureStatuses.isSubset(of: [502]))
                let afterwards = try await web.traffic { _ = try await web.described() }
                #expect(afterwards.failures == [])
            }
        }
    }
}

extension WebStage {
    fileprivate func checkHealth(at path: String) async throws {
        try await boto3(
            "elbv2", "modify_target_group", ["TargetGroupArn": targetGroup, "HealthCheckPath": .string(path)])
    }
}
