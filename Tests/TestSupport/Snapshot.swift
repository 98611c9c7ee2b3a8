package import Foundation
package import Testing

/// A text compared whole with a file beside the test, in the directory `Snapshots`.
///
/// `RECONCILE_RECORD_SNAPSHOTS=1` writes the files anew, and then fails, so that no run passes by recording.
package enum Snapshot {
    private static let isRecording = ProcessInfo.processInfo.environment["RECONCILE_RECORD_SNAPSHOTS"] == "1"

    /// - Parameter name: the file's path below `Snapshots`, with its extension.
    package static func expect(
        _ text: String, equals name: String, testFile: String = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let directory = URL(fileURLWithPath: testFile).deletingLastPathComponent().appending(path: "Snapshots")
        try expect(text, equals: name, in: directory, sourceLocation: sourceLocation)
    }

    /// - Parameter name: the file's path below the directory.
    package static func expect(
        _ text: String, equals name: String, in directory: URL, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = directory.appending(path: name)
        if isRecording {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(name)", sourceLocation: sourceLocation)
        } else if let recorded = try? String(contentsOf: file, encoding: .utf8) {
            guard recorded != text else { return }
            Issue.record(
                "\(name) differs:\n\(difference(from: recorded, to: text))", sourceLocation: sourceLocation)
        } else {
            Issue.record(
                "there is no \(name); record it with RECONCILE_RECORD_SNAPSHOTS=1. It would read:\n\(text)",
                sourceLocation: sourceLocation)
        }
    }

    /// The lines of both, `-` before those only recorded and `+` before those only in the text.
    static func difference(from recorded: String, to text: String) -> String {
        var lines = recorded.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        let received = text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        let changes = received.difference(from: lines)
        for case .remove(let offset, let line, _) in changes.removals {
            lines[offset] = "- \(line.dropFirst(2))"
        }
        // Insertions count in the lines of the text: the recorded lines that went are skipped on the way.
        for case .insert(let offset, let line, _) in changes.insertions {
            var kept = 0
            let place = lines.firstIndex { candidate in
                defer { kept += candidate.hasPrefix("- ") ? 0 : 1 }
                return kept == offset && !candidate.hasPrefix("- ")
            }
            lines.insert("+ \(line.dropFirst(2))", at: place ?? lines.endIndex)
        }
        return lines.joined(separator: "\n")
    }
}
