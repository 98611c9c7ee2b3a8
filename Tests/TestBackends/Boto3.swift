package import AttributeTree
import FoundationEssentials
import Subprocess
import SystemPackage

/// boto3, a client of AWS that others wrote, in a Python process of its own: see `Tools/backends/boto3-session.py`.
///
/// Its calls are made one after the other, but for those of ``atOnce(_:)``.
package struct Boto3: Sendable {
    private let input: StandardInputWriter
    /// Lists of answers, in the order of what was written.
    private let answers: AsyncStream<String>

    /// What AWS refuses to do; a waiter's failure has the code `WaiterError`.
    package struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        package var code: String
        /// Of HTTP.
        package var status: Int
        package var message: String

        package var description: String { "\(status) \(code): \(message)" }
    }

    /// The process ended before it had answered.
    package struct Ended: Error {
        package var errors: String
    }

    /// Starts a process that calls an API, and ends it after `body`.
    package static func run<Result: Sendable>(
        _ access: AWSAccess, _ body: (Boto3) async throws -> Result
    ) async throws -> Result {
        let environment = access.environment.merging(["PATH": Program.searchPath, "HOME": "/nonexistent"]) { $1 }
        let python = Configuration(
            executable: .path(FilePath(try PythonPrograms.program("python").path)),
            arguments: Arguments([Tool.path("backends/boto3-session.py")]),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })))
        let outcome = try await Subprocess.run(
            python, input: .inputWriter, output: .sequence, error: .string(limit: 1 << 20)
        ) { execution in
            let (answers, continuation) = AsyncStream.makeStream(of: String.self)
            async let reading: Void = {
                defer { continuation.finish() }
                for try await line in execution.standardOutput.strings() { continuation.yield(line) }
            }()
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body(Boto3(input: execution.standardInputWriter, answers: answers)))
            } catch {
                result = .failure(error)
            }
            try await execution.standardInputWriter.finish()
            try await reading
            return result
        }
        guard case .failure(is Ended) = outcome.closureResult else { return try outcome.closureResult.get() }
        throw Ended(errors: outcome.standardError)
    }

    /// Makes several calls at the same time.
    package func atOnce(_ calls: [Call]) async throws -> [Result<AttributeValue, Refusal>] {
        guard !calls.isEmpty else { return [] }
        _ = try await input.write(AttributeValue.list(calls.map(\.json)).jsonText() + "\n")
        for await line in answers {
            return (try AttributeValue(json: line).listValue ?? []).map(Self.result)
        }
        throw Ended(errors: "")
    }

    /// Makes a call.
    ///
    /// - Throws: its ``Refusal``.
    @discardableResult
    package func callAsFunction(_ call: Call) async throws -> AttributeValue {
        guard let result = try await atOnce([call]).first else { return .null }
        return try result.get()
    }

    /// Makes a call as in `"ecs", "create_cluster", ["clusterName": "web"]`.
    @discardableResult
    package func callAsFunction(
        _ service: String, _ operation: String, _ parameters: AttributeValue = [:]
    ) async throws -> AttributeValue {
        try await self(Call(service, operation, parameters))
    }

    /// Waits as boto3 does, up to `attempts` times a fifth of a second.
    package func wait(
        _ service: String, until waiter: String, _ parameters: AttributeValue, attempts: Int = 150
    ) async throws {
        try await self(Call(service, waiting: waiter, parameters, attempts: attempts))
    }

    /// Whether a waiter has what it waits for at this moment.
    package func holds(_ service: String, _ waiter: String, _ parameters: AttributeValue) async throws -> Bool {
        let answers = try await atOnce([Call(service, waiting: waiter, parameters, attempts: 1)])
        if case .success = answers.first { return true }
        return false
    }

    private static func result(_ reply: AttributeValue) -> Result<AttributeValue, Refusal> {
        if let answer = reply["answer"] { return .success(answer) }
        return .failure(
            Refusal(
                code: reply["code"]?.stringValue ?? "", status: reply["status"]?.intValue ?? 0,
                message: reply["message"]?.stringValue ?? ""))
    }
}
