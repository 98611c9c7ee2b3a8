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
            let workplace = Workplace(
                directory: directory, aws: AWSCLI(access), reconcile: CommandLineTool(in: directory, access: access))
            if let manifests {
                try FileManager.default.copyItem(
                    at: TestData.projectDirectory.appending(path: "manifests/\(manifests)"),
                    to: workplace.directory.appending(path: "manifests"))
            } else {
                try FileManager.default.createDirectory(
                    at: workplace.directory.appending(path: "manifests"), withIntermediateDirectories: false)
            }
            return try await body(workplace)
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
