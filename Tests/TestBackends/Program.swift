package import Foundation
import Subprocess
import SystemPackage

/// A program to run, and what it is given.
package struct Program: Sendable {
    package var executable: URL
    package var arguments: [String]
    /// The whole environment: nothing is inherited, so that no credential of the machine's user reaches a test.
    package var environment: [String: String]
    package var directory: URL?

    /// What a program that has ended left.
    package struct Outcome: Sendable {
        /// The exit status; 128 and the signal's number where a signal ended it, as a shell says it.
        package var status: Int
        package var output: String
        package var errors: String
    }

    /// A program that has not ended, as far as we know.
    package struct Running: Sendable {
        package var processID: Int
        fileprivate var send: @Sendable (Signal) throws -> Void

        /// What Control-C sends.
        package func interrupt() throws { try send(.interrupt) }

        /// What is sent when the terminal is closed.
        package func hangUp() throws { try send(.terminalClosed) }

        /// What `kill` and CI systems send.
        package func terminate() throws { try send(.terminate) }

        /// Stops it where it is, as a laptop that is closed does, until it is woken.
        package func suspend() throws { try send(.suspend) }

        package func wake() throws { try send(.resume) }

        /// Ends it at once; it learns nothing of it.
        package func kill() throws { try send(.kill) }
    }

    package init(
        _ executable: URL, _ arguments: [String] = [], environment: [String: String] = [:], directory: URL? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }

    /// Runs the program to its end, without a terminal, its input empty.
    package func run() async throws -> Outcome {
        let result = try await Subprocess.run(
            configuration, input: .none, output: .string(limit: Self.limit), error: .string(limit: Self.limit))
        return Outcome(
            status: Self.status(result.terminationStatus), output: result.standardOutput, errors: result.standardError)
    }

    /// Runs the program, and shows each line it prints to `body` as it comes; returns when the program has ended.
    package func run(
        _ body: @Sendable (_ line: String, Running) async throws -> Void
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            configuration, input: .none, output: .sequence, error: .string(limit: Self.limit)
        ) { execution in
            let running = Running(processID: Int(execution.processIdentifier.value)) { try execution.send(signal: $0) }
            var output = ""
            for try await line in execution.standardOutput.strings() {
                output += line + "\n"
                try await body(line, running)
            }
            return output
        }
        return Outcome(
            status: Self.status(result.terminationStatus), output: result.closureResult, errors: result.standardError)
    }

    private static let limit = 64 << 20

    private static func status(_ status: TerminationStatus) -> Int {
        switch status {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }

    private var configuration: Configuration {
        Configuration(
            executable: .path(FilePath(executable.path)), arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
            workingDirectory: directory.map { FilePath($0.path) })
    }
}

extension Program {
    /// A program found as a shell finds it; `nil` where there is none.
    package static func find(_ name: String) -> URL? {
        searchPath.split(separator: ":").map { URL(fileURLWithPath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// `PATH` of this process, and where administrators' programs are, which it may lack.
    package static let searchPath =
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin") + ":/usr/sbin:/sbin"
}
