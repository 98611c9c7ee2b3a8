package import Foundation

/// A directory that is there for one test.
package struct TemporaryDirectory: Sendable {
    package let url: URL

    package func path(_ name: String) -> String { url.appending(path: name).path }

    package static func with<Result>(_ body: (TemporaryDirectory) async throws -> Result) async throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "reconcile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try await body(TemporaryDirectory(url: url))
    }
}
