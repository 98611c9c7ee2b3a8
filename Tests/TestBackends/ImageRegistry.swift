/// A registry that container engines ask for images, and which gives none away.
package struct ImageRegistry: Sendable {
    /// Why not, which is the name of a repository.
    package enum Refusal: String, Sendable {
        case denied, limited, missing
        /// There is one, for another processor.
        case foreign
    }

    /// Engines speak HTTP without TLS to registries of 127.0.0.1.
    package var port: Int

    package init(port: Int) {
        self.port = port
    }

    package func image(_ refusal: Refusal) -> String { "127.0.0.1:\(port)/\(refusal.rawValue):1" }

    /// Starts it, and ends it after `body`.
    package static func run<Result: Sendable>(_ body: (ImageRegistry) async throws -> Result) async throws -> Result {
        let port = try FreePort.find()
        return try await BackgroundServer.run(
            ["python3", Tool.path("backends/refusing-registry.py"), "\(port)"], environment: [:],
            isReady: { (try? await LoopbackRequest(port: port, path: "/v2/").send().status) == 200 }
        ) {
            try await body(ImageRegistry(port: port))
        }
    }
}
