import Foundation
import LocalCloud
import TaskRunning
import TestBackends

/// A local cloud in this process.
enum RunningTestCloud {
    /// Runs one, in an empty directory, until `body` is done.
    static func with<Result: Sendable>(
        clockRate: Double = 1, _ body: (CloudConnection) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { directory in
            try await with(in: directory.path, clockRate: clockRate, body)
        }
    }

    /// Runs the one that is kept in a directory until `body` is done.
    @discardableResult
    static func with<Result: Sendable>(
        in directory: String, clockRate: Double = 1, images: [ImageMapping] = [], keepsTasks: Bool = false,
        _ body: (CloudConnection) async throws -> Result
    ) async throws -> Result {
        let (connections, continuation) = AsyncStream.makeStream(of: CloudConnection.self)
        let settings = LocalCloudSettings(
            directory: directory, imageMappings: images, containerEngine: .none, clockRate: clockRate,
            keepsTasks: keepsTasks, endsOnSignals: false)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await LocalCloudServer(settings).run { continuation.yield($0) }
            }
            var iterator = connections.makeAsyncIterator()
            guard let connection = await iterator.next() else {
                try await group.waitForAll()
                throw CancellationError()
            }
            let result = try await body(connection)
            group.cancelAll()
            // The next one in this directory has to wait for the end of this one.
            try await group.waitForAll()
            return result
        }
    }
}
