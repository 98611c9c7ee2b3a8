import AWSKinds
import FoundationEssentials
import InMemoryCloud
import Planning
import ReconcileCLI
import Reconciliation
import ResourceModel

/// Applies the manifests of a directory to a cloud in memory, which answers as fast as it is asked.
enum ApplyJob {
    /// Makes the state that ``PlanJob`` finds. Prints the seconds it took, by the clock.
    static func record(directory: URL) async throws {
        let project = try GeneratedProject(in: directory)
        let reconciler = try project.reconciler(cloud(), project.openState())
        let start = ContinuousClock.now
        try await reconciler.apply(.converge, project.loaded.desired)
        print((ContinuousClock.now - start) / .seconds(1))
    }

    /// Creates everything and deletes it again, and keeps the state in memory. Prints the seconds of processor time of
    /// both: by the clock, it would be the time of asking again every ten milliseconds.
    static func run(directory: URL) async throws {
        let project = try GeneratedProject(in: directory)
        let cloud = cloud()
        let reconciler = project.reconciler(cloud, InMemoryStateStore())
        for goal in [PlanRequest.Goal.converge, .destroy] {
            let start = CPUClock.seconds
            try await reconciler.apply(goal, project.loaded.desired)
            print(CPUClock.seconds - start)
        }
        guard cloud.resources.isEmpty else {
            throw MeasuredProgram.Failure(description: "the destroy left \(cloud.resources.count) resources")
        }
    }

    private static func cloud() -> InMemoryCloud {
        InMemoryCloud(AWSProvider.catalog.kinds, interval: .milliseconds(10))
    }
}
