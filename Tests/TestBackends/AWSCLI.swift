package import AttributeTree

/// The AWS CLI, an independent witness of what an endpoint holds.
package struct AWSCLI: Sendable {
    package var access: AWSAccess

    /// The command ended with an error, such as `An error occurred (ClusterNotFoundException) …`.
    package struct Failure: Error, CustomStringConvertible {
        package var command: String
        package var message: String

        package var description: String { "\(command): \(message)" }
    }

    package init(_ access: AWSAccess) {
        self.access = access
    }

    /// - Parameter arguments: as in `"ecs", "list-clusters"`.
    /// - Returns: the answer; null where it is empty.
    @discardableResult
    package func callAsFunction(_ arguments: String...) async throws -> AttributeValue {
        try await self(arguments)
    }

    @discardableResult
    package func callAsFunction(_ arguments: [String]) async throws -> AttributeValue {
        let aws = Program(
            try PythonPrograms.program("aws"), arguments + ["--output", "json"],
            environment: access.environment.merging(["PATH": Program.searchPath, "HOME": "/nonexistent"]) { $1 })
        let outcome = try await aws.run()
        guard outcome.status == 0 else {
            throw Failure(command: arguments.prefix(2).joined(separator: " "), message: outcome.errors)
        }
        return outcome.output.isEmpty ? .null : try AttributeValue(json: outcome.output)
    }
}
