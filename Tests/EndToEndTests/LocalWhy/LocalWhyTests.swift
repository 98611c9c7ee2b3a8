import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What is said of services that do not come up, and of one that does.
    @Suite struct LocalWhyTests {
        @Test(
            "The cause of a failed apply is named with its remedy, by apply and later by why; what is well has none",
            PythonPrograms.areInstalled())
        func causes() async throws {
            try await Workplace.withLocalCloud("hello") { place, _ in
                try place.edit(
                    "target-group.yaml", "healthCheckPath: /healthz}",
                    "healthCheckPath: /nowhere, attributes: {deregistration_delay.timeout_seconds: \"5\"}}")
                try await fails(
                    place, "health-path-not-found",
                    "the health check asks for /nowhere, which the application answers with 404")
                try place.edit("target-group.yaml", "healthCheckPath: /nowhere,", "healthCheckPath: /healthz,")

                try place.edit("task-definition.yaml", "image: reconcile/hello", "image: nowhere/app:1")
                try await fails(place, "image-not-found", "image nowhere/app:1 cannot be pulled")
                try place.edit("task-definition.yaml", "image: nowhere/app:1", "image: reconcile/hello")

                try place.setVariables(["HELLO_CRASH_AFTER": "0.1"])
                try await fails(place, "exited", "container app ends by itself, with exit code 1")

                try place.edit(
                    "task-definition.yaml", "      environment: [{name: HELLO_CRASH_AFTER, value: \"0.1\"}]\n", "")
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let well = try await place.reconcile("why").expect(status: 0)
                #expect(well.output.contains("nothing is wrong; everything is final"), "\(well.output)")
                try await place.reconcile("why", "nobody").expect(status: 64)
            }
        }

        private func fails(_ place: Workplace, _ cause: String, _ sentence: String) async throws {
            let applied = try await place.reconcile("apply", "--yes", "--timeout", "60s")
            #expect([1, 3].contains(applied.status), "\(applied.output)\(applied.errors)")
            #expect(applied.errors.contains("why: Service/web: \(sentence)"), "\(applied.errors)")
            #expect(applied.errors.contains("help: "), "\(applied.errors)")
            let why = try await place.reconcile("why", "Service/web", "-o", "json").expect(status: 0).json
            let explanation = why["explanations"]?[0] ?? why["earlier"]?["explanations"]?[0]
            #expect(explanation?["cause"] == .string(cause), "\(why.jsonText())")
            #expect(explanation?["evidence"]?.listValue?.isEmpty == false)
        }
    }
}
