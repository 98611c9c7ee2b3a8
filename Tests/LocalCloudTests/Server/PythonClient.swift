import Foundation
import LocalCloud
import TestBackends
import Testing

extension CloudConnection {
    /// Of the endpoint.
    var port: Int { endpoint.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

    /// How AWS's clients reach it.
    var access: AWSAccess {
        AWSAccess(port: port, accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, region: region)
    }

    /// The lines that a script prints which has `client(service)`, `ClientError` and `os`.
    func python(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        let prelude = """
            import boto3, os
            from botocore.exceptions import ClientError
            client = boto3.client

            """
        let outcome = try await Program(
            try Self.program("python"), ["-c", prelude + script],
            environment: access.environment.merging(["PATH": Program.searchPath]) { $1 }
        ).run()
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
        return outcome.output.split(separator: "\n").map(String.init)
    }

    /// A program of the Python environment.
    static func program(_ name: String) throws -> URL {
        try #require(PythonPrograms.directory).appending(path: "bin/\(name)")
    }
}

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
        in directory: String, clockRate: Double = 1, _ body: (CloudConnection) async throws -> Result
    ) async throws -> Result {
        let (connections, continuation) = AsyncStream.makeStream(of: CloudConnection.self)
        let settings = LocalCloudSettings(
            directory: directory, containerEngine: .none, clockRate: clockRate, endsOnSignals: false)
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
