import TestBackends
import Testing

extension EndToEndTests {
    /// Causes of tasks that run, and get no requests.
    @Suite struct TargetSceneTests {
        static let targets = [
            Scene(
                name: "path", targetGroup: "healthCheckPath: /nowhere", cause: "health-path-not-found",
                says: "the health check asks for /nowhere, which the application answers with 404"),
            Scene(
                name: "redirected", variables: ["HELLO_HEALTH": "302"], cause: "health-check-redirected",
                says: "the health check asks for /healthz, and is sent elsewhere with 302"),
            Scene(
                name: "login", variables: ["HELLO_HEALTH": "401"], cause: "health-check-unauthorized",
                says: "the health check asks for /healthz, and is not let in (401)"),
            Scene(
                name: "error", variables: ["HELLO_HEALTH": "503"], cause: "health-check-error",
                says: "the application answers the health check at /healthz with 503"),
            Scene(
                name: "matcher", targetGroup: "healthCheckPath: /healthz, matcher: {httpCode: \"201\"}",
                cause: "matcher",
                says: "the application answers the health check with 200, and the target group wants 201"),
            Scene(
                name: "slow-answers", variables: ["HELLO_DELAY_MS": "30000"], service: "", timeout: 12, status: 4,
                cause: "health-check-timeout",
                says: "no answer comes to the health check within 4 seconds"),
            Scene(
                name: "other-port", variables: ["PORT": "9090"], container: StartingSceneTests.log(true),
                cause: "port-refused",
                says: "nothing takes connections at port 8080 of the tasks; their log speaks of port 9090"),
            Scene(
                name: "slower-boot", variables: ["HELLO_START_DELAY": "20"], healthCheckInterval: 60, isUpdate: true,
                status: 3, cause: "grace-too-short",
                says: "tasks are stopped for failed health checks before they have started"),
            Scene(
                name: "slow-boot", variables: ["HELLO_START_DELAY": "20"], cause: "grace-too-short",
                says: "tasks are stopped for failed health checks before they have started"),
        ]

        @Test("What targets are refused for is named first, by apply and later by why", PythonPrograms.areInstalled())
        func targets() async throws {
            try await Scene.play(Self.targets)
        }
    }
}
