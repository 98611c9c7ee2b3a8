package import Foundation

/// The `reconcile` that was built with the tests.
package struct CommandLineTool: Sendable {
    package var access: AWSAccess?
    package var environment: [String: String]
    package var directory: URL

    /// - Parameter directory: where it runs: the parent of `manifests`, and the place of what it writes.
    package init(in directory: URL, access: AWSAccess? = nil, environment: [String: String] = [:]) {
        self.directory = directory
        self.access = access
        self.environment = environment
    }

    /// Runs a command to its end, without a terminal.
    package func callAsFunction(_ arguments: String...) async throws -> Program.Outcome {
        try await self(arguments)
    }

    package func callAsFunction(_ arguments: [String]) async throws -> Program.Outcome {
        try await program(arguments).run()
    }

    /// Runs a command and shows each line it prints to `body` as it comes, which may interrupt or kill it.
    package func callAsFunction(
        _ arguments: String..., eachLine body: @Sendable (String, Program.Running) async throws -> Void
    ) async throws -> Program.Outcome {
        try await self(arguments, eachLine: body)
    }

    package func callAsFunction(
        _ arguments: [String], eachLine body: @Sendable (String, Program.Running) async throws -> Void
    ) async throws -> Program.Outcome {
        try await program(arguments).run(body)
    }

    /// Runs a line of bash in which `reconcile` is this program: for pipes, limits and redirections.
    package func bash(_ line: String) async throws -> Program.Outcome {
        var program = program([])
        program.executable = URL(fileURLWithPath: "/bin/bash")
        program.arguments = ["-o", "pipefail", "-c", "reconcile() { \"$RECONCILE\" \"$@\"; }; \(line)"]
        program.environment["RECONCILE"] = Self.executable.path
        return try await program.run()
    }

    private func program(_ arguments: [String]) -> Program {
        let machine = ["PATH": Program.searchPath, "HOME": directory.path]
        return Program(
            Self.executable, arguments,
            environment: machine.merging(access?.environment ?? [:]) { $1 }.merging(environment) { $1 },
            directory: directory)
    }

    /// The test bundle is an executable in the directory of all products.
    static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "reconcile")
}
