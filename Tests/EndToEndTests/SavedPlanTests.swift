import AttributeTree
import Foundation
import TestBackends
import Testing

extension EndToEndTests {
    /// `plan --out FILE`, then `apply FILE`.
    @Suite struct SavedPlanTests {
        @Test(
            "A saved plan is applied without asking, and refused when anything has moved since", Ministack.isInstalled()
        )
        func savedPlans() async throws {
            try await Ministack.run { ministack in
                try await Workplace.with("hello", on: ministack.access) { place in
                    try place.leaveTargetGroupAlone()
                    try await place.reconcile("plan", "--out", "first.plan").expect(status: 0)
                    try await place.reconcile("apply", "first.plan").expect(status: 0)
                    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                    try await refuses(place, "first.plan", because: "the recorded state has changed")

                    try await refusesAfterTheCloudMoved(place)
                    try await refusesAfterTheManifestsMoved(place)
                }
            }
        }

        private func refusesAfterTheCloudMoved(_ place: Workplace) async throws {
            try place.edit("service.yaml", "desiredCount: 2", "desiredCount: 3")
            try await place.reconcile("plan", "--out", "cloud.plan").expect(status: 0)
            try await place.aws(
                "ecs", "update-service", "--cluster", "hello", "--service", "web", "--desired-count", "1")
            try await refuses(place, "cloud.plan", because: "what exists in the cloud has changed")
            #expect(try await desiredCount(place) == 1)
        }

        private func refusesAfterTheManifestsMoved(_ place: Workplace) async throws {
            try await place.reconcile("plan", "--out", "manifests.plan").expect(status: 0)
            try place.edit("service.yaml", "desiredCount: 3", "desiredCount: 4")
            try await refuses(place, "manifests.plan", because: "the manifests have changed")
            #expect(try await desiredCount(place) == 1)

            try place.edit("service.yaml", "desiredCount: 4", "desiredCount: 3")
            try await place.reconcile("apply", "manifests.plan").expect(status: 0)
            #expect(try await desiredCount(place) == 3)
        }

        private func refuses(_ place: Workplace, _ plan: String, because reason: String) async throws {
            let refused = try await place.reconcile("apply", plan).expect(status: 1)
            #expect(
                refused.errors.contains("the saved plan is stale: since it was made, \(reason)"), "\(refused.errors)")
        }

        private func desiredCount(_ place: Workplace) async throws -> Int? {
            let services = try await place.aws(
                "ecs", "describe-services", "--cluster", "hello", "--services", "web")["services"]
            return services?[0]?["desiredCount"]?.intValue
        }
    }
}
