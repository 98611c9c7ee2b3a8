import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// A server that runs while a test uses it, in a process group of its own.
///
/// It runs under `Tools/backends/supervise.py`, which ends it when this process ends, however that happens.
enum BackgroundServer {
    /// The server ended, or was not ready within 30 seconds.
    struct NotReady: Error, CustomStringConvertible {
        var command: [String]
        var log: String

        var description: String { "\(command.joined(separator: " ")) did not get ready:\n\(log)" }
    }

    /// Starts the server, waits until it is ready, and ends it after `body`.
    static func run<Result: Sendable>(
        _ command: [String], environment: [String: String], isReady: () async -> Bool,
        _ body: () async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { directory in
            let log = FilePath(directory.appending(path: "log").path)
            let output = try FileDescriptor.open(
                log, .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
            var options = PlatformOptions()
            options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(25))]
            let supervised = Configuration(
                executable: .name("python3"),
                arguments: Arguments([Tool.path("backends/supervise.py")] + command),
                environment: .inherit.updating(
                    Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
                platformOptions: options)
            let result = try await Subprocess.run(
                supervised, input: .inputWriter,
                output: .fileDescriptor(output, closeAfterSpawningProcess: true), error: .combinedWithOutput
            ) { execution in
                let outcome = await outcome {
                    guard try await becomesReady(isReady) else {
                        let text = try String(contentsOfFile: log.string, encoding: .utf8)
                        throw NotReady(command: command, log: String(text.suffix(4_000)))
                    }
                    return try await body()
                }
                try await execution.standardInputWriter.finish()
                return outcome
            }
            return try result.closureResult.get()
        }
    }

    /// Asks until the answer is yes, for 30 seconds. It sleeps between two questions: no event says that a server
    /// listens.
    private static func becomesReady(_ isReady: () async -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if await isReady() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    private static func outcome<Success>(
        _ body: () async throws -> Success
    ) async -> Result<Success, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
