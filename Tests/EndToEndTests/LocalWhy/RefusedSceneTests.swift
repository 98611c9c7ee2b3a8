import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What AWS refuses to do, or to tell.
    @Suite struct RefusedSceneTests {
        static let refused = [
            Scene(
                name: "not-allowed", faults: [refusal(of: "ecs:CreateService", "AccessDeniedException")],
                cause: "call-not-allowed", says: "the credentials may not call ecs:CreateService"),
            Scene(
                name: "expired", faults: [refusal(of: "ecs:CreateService", "ExpiredTokenException")],
                cause: "credentials-refused", says: "AWS does not accept the credentials"),
            Scene(
                name: "over-limit", faults: [refusal(of: "ecs:CreateService", "ServiceQuotaExceededException")],
                cause: "over-limit", says: "the account may not have more of what ecs:CreateService makes"),
            Scene(
                name: "throttled", faults: [["operations": "ecs:CreateService", "kind": "throttle"]],
                cause: "call-throttled", says: "AWS takes no more calls of ecs:CreateService for now"),
        ]

        /// Nothing but the deployment itself tells that tasks fail.
        static let untold = Scene(
            name: "untold", image: "nowhere/app:1", faults: [refusal(of: "ecs:ListTasks", "AccessDeniedException")],
            cause: "circuit-breaker", says: "the deployment was given up after 3 failed tasks",
            message: "ListTasks could not be asked: AccessDeniedException")

        private static func refusal(of operation: String, _ code: String) -> AttributeValue {
            ["operations": .string(operation), "kind": "error", "code": .string(code)]
        }

        @Test("A call that is refused is explained by its code", PythonPrograms.areInstalled())
        func refused() async throws {
            for scene in Self.refused { try await Scene.play([scene]) }
        }

        @Test(
            "Where the tasks may not be looked at, it is the deployment that is told of, and what could not be asked",
            PythonPrograms.areInstalled())
        func untold() async throws {
            try await Scene.play([Self.untold])
        }
    }
}
