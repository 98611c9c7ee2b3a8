import Foundation
import TestBackends
import TestSupport
import Testing

/// Manifests with a mistake in them, or several: a directory below `InvalidManifests`.
///
/// It holds the manifests; `expected.txt`, the whole message; and, where the mistake is on the command line,
/// `arguments`. The project is `InvalidManifests/reconcile.yaml` unless the directory has a file of that name.
struct InvalidManifest: Sendable, CustomTestStringConvertible {
    /// `references/misspelt`.
    var name: String

    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "InvalidManifests")

    static let all: [InvalidManifest] = {
        let files = FileManager.default.enumerator(atPath: directory.path)?.compactMap { $0 as? String } ?? []
        let directories = files.filter { $0.hasSuffix(".yaml") && $0.contains("/") }
            .map { ($0 as NSString).deletingLastPathComponent }
        return Set(directories).sorted().map(InvalidManifest.init)
    }()

    /// The first of each group: one of every stage that refuses.
    static let someOfEachGroup: [InvalidManifest] = Dictionary(grouping: all, by: \.group).values.compactMap(\.first)
        .sorted { $0.name < $1.name }

    var testDescription: String { name }

    private var group: Substring { name.prefix { $0 != "/" } }

    /// What follows the command.
    var arguments: [String] {
        let hasProject = FileManager.default.fileExists(atPath: path("reconcile.yaml").path)
        let written = (try? String(contentsOf: path("arguments"), encoding: .utf8)) ?? ""
        return (hasProject ? [] : ["-f", "reconcile.yaml"]) + ["-f", name]
            + written.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    func expectMessage(_ message: String) throws {
        try Snapshot.expect(message, equals: "\(name)/expected.txt", in: Self.directory)
    }

    private func path(_ file: String) -> URL { Self.directory.appending(path: "\(name)/\(file)") }
}
