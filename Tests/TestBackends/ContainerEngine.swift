import Foundation
import Glibc
import Testing

/// A container engine, and the images that tasks are made from.
package struct ContainerEngine: Sendable {
    /// What `DOCKER_HOST` is to be.
    package var host: String

    /// Images `registry.example/hello:TAG`: on port 8080, `/` answers "hello TAG from HOSTNAME" and `/healthz` "ok".
    package static let helloRepository = "registry.example/hello"

    /// Gives `body` an engine that has the hello images of these tags.
    ///
    /// As root it is one of its own, which ends with everything in it after `body`; otherwise the one that answers on this
    /// machine. Where there is neither, the test is cancelled, with the reason.
    package static func run<Result: Sendable>(
        helloTags: [String], _ body: (ContainerEngine) async throws -> Result
    ) async throws -> Result {
        guard geteuid() == 0, Program.find("dockerd") != nil, try await mayMount() else {
            return try await body(present(helloTags: helloTags))
        }
        return try await withTemporaryDirectory { directory in
            let engine = ContainerEngine(host: "unix://\(directory.path)/docker.sock")
            return try await BackgroundServer.run(
                [Tool.path("backends/container-engine.sh"), directory.path], environment: [:],
                isReady: { await engine.answers() }
            ) {
                try await engine.importHello(tags: helloTags)
                return try await body(engine)
            }
        }
    }

    private static func present(helloTags: [String]) async throws -> ContainerEngine {
        let named = ProcessInfo.processInfo.environment["DOCKER_HOST"]
        let engine = ContainerEngine(host: named ?? "unix:///var/run/docker.sock")
        guard await engine.answers() else {
            try Test.cancel("no container engine answers, and starting one takes root, docker.io and busybox-static")
        }
        try await engine.importHello(tags: helloTags)
        return engine
    }

    /// Whether root is more than a name here: in an unprivileged container it may not mount.
    private static func mayMount() async throws -> Bool {
        guard let unshare = Program.find("unshare") else { return false }
        return try await Program(unshare, ["--mount", "true"], environment: ["PATH": Program.searchPath]).run().status
            == 0
    }

    private func answers() async -> Bool {
        let outcome = try? await python(["-c", "import docker; docker.from_env().ping()"])
        return outcome?.status == 0
    }

    /// The names of all containers, running or not.
    package func containers() async throws -> [String] {
        let names = "import docker; print(*[c.name for c in docker.from_env().containers.list(all=True)])"
        let outcome = try await python(["-c", names])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// Ends a container at once; it learns nothing of it.
    package func kill(_ container: String) async throws {
        let outcome = try await python(["-c", "import docker, sys; docker.from_env().api.kill(sys.argv[1])", container])
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private func importHello(tags: [String]) async throws {
        let outcome = try await python([Tool.path("backends/hello-image.py"), Self.helloRepository] + tags)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private func python(_ arguments: [String]) async throws -> Program.Outcome {
        try await Program(
            PythonPrograms.program("python"), arguments, environment: ["DOCKER_HOST": host, "PATH": Program.searchPath]
        ).run()
    }
}
