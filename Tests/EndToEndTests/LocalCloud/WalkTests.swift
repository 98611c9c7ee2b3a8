import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// The whole life of a service on the local cloud, as boto3 and the AWS CLI live it.
    @Suite(PythonPrograms.areInstalled())
    struct WalkTests {
        @Test("a service is created, updated, rolled back, scaled and deleted, and every waiter waits for what is true")
        func boto3() async throws {
            try await BotoStage.with { stage in
                let walk = try await Walk(stage)
                try await walk.createService()
                try await walk.update()
                try await walk.rollBack()
                try await walk.scale()
                try await walk.delete()
                let left = try await Inventory(of: stage.cloud.aws)
                #expect(left == .empty)
            }
        }

        @Test("the AWS CLI walks the same way, with its own waiters")
        func commandLine() async throws {
            try await BotoStage.with(clockRate: Walk.rate) { stage in
                try await CommandLineWalk(stage).run()
                let left = try await Inventory(of: stage.cloud.aws)
                #expect(left == .empty)
            }
        }
    }
}
