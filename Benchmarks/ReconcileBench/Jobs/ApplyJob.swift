import FoundationEssentials
import InMemoryCloud
import Planning

/// Applies the manifests of a directory to a cloud in memory.
enum ApplyJob {
    /// Makes the state that `PlanJob` finds. Prints the seconds it took.
    static func record(directory: URL) async throws {
        let project = try GeneratedProject(in: directory, state: .file)
        print(try await seconds { try await project.apply(.converge) })
    }

    /// Creates everything and deletes it again, and keeps the state in memory. Prints the seconds of both.
    static func run(directory: URL) async throws {
        let project = try GeneratedProject(in: directory, state: .memory)
        print(try await seconds { try await project.apply(.converge) })
        print(try await seconds { try await project.apply(.destroy) })
        guard project.cloud.resources.isEmpty else {
            throw MeasuredProgram.Failure(description: "the destroy left \(project.cloud.resources.count) resources")
        }
    }

    private static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
