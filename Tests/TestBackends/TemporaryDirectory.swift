package import Foundation

/// Gives `body` an empty directory of its own, and removes it with its content afterwards.
///
/// Its path is short, as it may hold sockets, whose paths are limited to 107 bytes.
package func withTemporaryDirectory<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let name = String(UInt64.random(in: 0..<(1 << 40)), radix: 36)
    let directory = URL(fileURLWithPath: "/tmp/reconcile-\(name)", isDirectory: true)
    try FileManager.default.createDirectory(
        at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory)
}
