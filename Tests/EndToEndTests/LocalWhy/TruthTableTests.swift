import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What an apply ends with, in each way that a deployment can end: the exit status is the outcome, and so is what is
    /// said of it and what the history keeps.
    @Suite struct TruthTableTests {
        static let table = [
            Scene(
                name: "success", variables: ["VERSION": "2"], isUpdate: true, status: 0,
                closing: "done, serving at http://", outcome: "succeeded"),
            Scene(
                name: "breaker", image: "nowhere/app:2", isUpdate: true, status: 3, cause: "image-not-found",
                message: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
                closing: "rolled back; what was done is recorded", outcome: "rolledBack"),
            Scene(
                name: "breaker-at-first", image: "nowhere/app:2", status: 1, cause: "image-not-found",
                message: "There is no completed service revision to roll back to.",
                closing: "failed; what was done is recorded", outcome: "failed"),
            Scene(
                name: "unhealthy", variables: ["HELLO_HEALTH": "503"], isUpdate: true, status: 3,
                cause: "health-check-error", message: "the circuit breaker counted 3 failed tasks, 3 at most",
                closing: "rolled back; what was done is recorded", outcome: "rolledBack"),
            Scene(
                name: "unhealthy-for-ever", variables: ["HELLO_HEALTH": "503"], service: "", timeout: 6, status: 4,
                cause: "health-check-error", message: "after 6 s: ",
                closing: "not final before the deadline; what was done is recorded", outcome: "deadline"),
            Scene(
                name: "deadline", variables: ["HELLO_START_DELAY": "60"],
                service: "healthCheckGracePeriodSeconds: 3600",
                timeout: 4, status: 4, message: "0 of 1 targets healthy",
                closing: "not final before the deadline; what was done is recorded", outcome: "deadline"),
            Scene(
                name: "superseded", variables: ["HELLO_START_DELAY": "60"],
                service: "healthCheckGracePeriodSeconds: 3600", isUpdate: true,
                meanwhile: { place in
                    try await place.rolls("superseded", deployments: 2)
                    try await place.update("superseded", "--force-new-deployment", "--task-definition", "superseded:1")
                },
                status: 5, cause: "superseded", message: "another deployment has taken its place",
                closing: "superseded by another deployment; what was done is recorded", outcome: "superseded"),
            Scene(
                name: "stopped", variables: ["HELLO_START_DELAY": "60"],
                service: "healthCheckGracePeriodSeconds: 3600", isUpdate: true,
                meanwhile: { place in
                    try await place.rolls("stopped", deployments: 2)
                    try await place.stopDeployment(of: "stopped")
                },
                status: 1, cause: "stopped-deployment", message: "Service deployment was stopped by a user request.",
                closing: "failed; what was done is recorded", outcome: "failed"),
            Scene(
                name: "wrong-answer", variables: ["VERSION": "2"], isUpdate: true, timeout: 5,
                before: { try await $0.answer(with: 500, for: "wrong-answer") }, status: 4, cause: "other-answer",
                message: "which says 500", closing: "not final before the deadline; what was done is recorded",
                outcome: "deadline"),
        ]

        @Test(
            "The exit status is true to the end of the deployment, and the message to both",
            PythonPrograms.areInstalled())
        func table() async throws {
            try await Scene.play(Self.table)
        }
    }
}

extension Workplace {
    fileprivate func stopDeployment(of name: String) async throws {
        let found = try await aws("ecs", "describe-services", "--cluster", name, "--services", name)["services"]?[0]
        let deployment = try #require(found?["currentServiceDeployment"]?.stringValue)
        try await aws(
            "ecs", "stop-service-deployment", "--service-deployment-arn", deployment, "--stop-type", "ABORT")
    }
}
