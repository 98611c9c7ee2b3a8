import FoundationEssentials
import InMemoryCloud
import Planning

/// Applies the manifests of a directory to a cloud in memory.
enum ApplyJob {
    /// Makes the state that `PlanJob` finds. Prints the seconds it took, by the clock.
    static func record(directory: URL) async throws {
        let project = try GeneratedProject(in: directory, state: .file)
        let start = ContinuousClock.now
        try await project.apply(.converge)
        print((ContinuousClock.now - start) / .seconds(1))
    }

    /// Creates everything and deletes it again, and keeps the state in memory. Prints the seconds of processor time of
    /// both: by the clock, it would be the time of asking again every ten milliseconds.
    static func run(directory: URL) async throws {
        let project = try GeneratedProject(in: directory, state: .memory)
        print(try await seconds { try await project.apply(.converge) })
        print(try await seconds { try await project.apply(.destroy) })
        guard project.cloud.resources.isEmpty else {
            throw MeasuredProgram.Failure(description: "the destroy left \(project.cloud.resources.count) resources")
        }
    }

    private static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = CPUClock.seconds
        try await body()
        return CPUClock.seconds - start
    }
}
