import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What is well, or merely takes its time: asked all the while, `why` names no cause.
    @Suite struct SlowSceneTests {
        static let slow = [
            Scene(
                name: "slow-start", variables: ["HELLO_START_DELAY": "4"],
                service: "healthCheckGracePeriodSeconds: 600",
                isSlow: true, status: 0),
            Scene(
                name: "rolling", variables: ["VERSION": "2"], desiredCount: 2, isUpdate: true, isSlow: true, status: 0),
            Scene(
                name: "slow-setup", container: "dependsOn: [{containerName: setup, condition: SUCCESS}]",
                containers: """
                    - name: setup
                      image: reconcile/hello
                      essential: false
                      entryPoint: [/bin/sleep, "3"]
                    """,
                isSlow: true, status: 0),
            Scene(
                name: "slow-to-be-sure", service: "",
                targetGroup: "healthCheckPath: /healthz, unhealthyThresholdCount: 10", healthCheckInterval: 60,
                isSlow: true, status: 0),
            Scene(name: "nobody-wanted", desiredCount: 0, isSlow: true, status: 0),
            Scene(
                name: "replaced", desiredCount: 2, isUpdate: true,
                before: { place in
                    let tasks = try await place.aws("ecs", "list-tasks", "--cluster", "replaced")["taskArns"]
                    let task = try #require(tasks?[0]?.stringValue)
                    try await place.aws("ecs", "stop-task", "--cluster", "replaced", "--task", task)
                    try await eventually("another task in its place") {
                        let found = try await place.aws(
                            "ecs", "describe-services", "--cluster", "replaced", "--services", "replaced")
                        return found["services"]?[0]?["runningCount"] == 2
                            && found["services"]?[0]?["events"]?[0]?["message"]?.stringValue?.contains("steady") == true
                    }
                },
                status: 0),
        ]

        @Test(
            "What is well, or merely slow, has no cause, during the apply and after it", PythonPrograms.areInstalled())
        func slow() async throws {
            try await Scene.play(Self.slow, atOnce: 3)
        }
    }
}
