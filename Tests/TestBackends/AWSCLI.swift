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
        let aws = Program(
            try PythonPrograms.program("aws"), arguments + ["--output", "json"], environment: environment)
        let outcome = try await aws.run()
        guard outcome.status == 0 else {
            throw Failure(command: arguments.prefix(2).joined(separator: " "), message: outcome.errors)
        }
        return try Self.answer(outcome.output)
    }

    /// Runs several commands one after the other in one process, which is quicker.
    @discardableResult
    package func each(_ commands: [[String]]) async throws -> [AttributeValue] {
        guard !commands.isEmpty else { return [] }
        let list = AttributeValue.list(commands.map { .list(($0 + ["--output", "json"]).map { .string($0) }) })
        let script = Program(
            try PythonPrograms.program("python"), [Tool.path("backends/aws-each.py"), list.jsonText()],
            environment: environment)
        let outcome = try await script.run()
        guard outcome.status == 0, let answers = try AttributeValue(json: outcome.output).listValue else {
            throw Failure(command: list.jsonText(), message: outcome.errors)
        }
        return try answers.map { try Self.answer($0.stringValue ?? "") }
    }

    private var environment: [String: String] {
        access.environment.merging(["PATH": Program.searchPath, "HOME": "/nonexistent"]) { $1 }
    }

    private static func answer(_ output: String) throws -> AttributeValue {
        output.isEmpty ? .null : try AttributeValue(json: output)
    }
}
