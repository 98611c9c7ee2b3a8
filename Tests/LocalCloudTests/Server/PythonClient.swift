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
