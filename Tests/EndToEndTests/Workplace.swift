import AttributeTree
import Foundation
import TestBackends
import TestSupport

/// Manifests in a directory of their own, an AWS API, and the program that brings the two together.
struct Workplace: Sendable {
    let directory: URL
    let aws: AWSCLI
    /// Runs in ``directory``, where `manifests` is what it finds by itself.
    var reconcile: CommandLineTool

    /// Gives `body` a copy of one of the project's directories of manifests, or of none.
    static func with<Result: Sendable>(
        _ manifests: String? = nil, on access: AWSAccess, _ body: (Workplace) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { directory in
            try provide(manifests, in: directory)
            return try await body(
                Workplace(
                    directory: directory, aws: AWSCLI(access),
                    reconcile: CommandLineTool(in: directory, access: access)))
        }
    }

    /// The same with the project's own local cloud, which the program finds by itself.
    ///
    /// - Parameter clockRate: how many of the cloud's seconds a real one has.
    static func withLocalCloud<Result: Sendable>(
        _ manifests: String?, clockRate: Double = 30, engine: ContainerEngine? = nil,
        _ body: (Workplace, LocalEndpoint) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { directory in
            try provide(manifests, in: directory)
            let place = directory.appending(path: "manifests/.reconcile/local")
            return try await LocalEndpoint.run(in: place, clockRate: clockRate, engine: engine) { cloud in
                try await body(
                    Workplace(
                        directory: directory, aws: AWSCLI(cloud.access), reconcile: CommandLineTool(in: directory)),
                    cloud)
            }
        }
    }

    private static func provide(_ manifests: String?, in directory: URL) throws {
        let place = directory.appending(path: "manifests")
        if let manifests {
            try FileManager.default.copyItem(
                at: TestData.projectDirectory.appending(path: "manifests/\(manifests)"), to: place)
        } else {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
        }
    }

    /// Writes a manifest; `nil` removes it.
    func write(_ text: String?, to file: String) throws {
        let url = directory.appending(path: "manifests/\(file)")
        guard let text else { return try FileManager.default.removeItem(at: url) }
        try Data(text.utf8).write(to: url)
    }

    func read(_ file: String) throws -> String {
        try String(contentsOf: directory.appending(path: "manifests/\(file)"), encoding: .utf8)
    }

    /// Puts `replacement` in the place of a text of a manifest, which has to be there.
    func edit(_ file: String, _ text: String, _ replacement: String) throws {
        let manifest = try read(file)
        guard manifest.contains(text) else { throw MissingText(file: file, text: text) }
        try write(manifest.replacingOccurrences(of: text, with: replacement), to: file)
    }

    struct MissingText: Error {
        var file: String
        var text: String
    }
}
