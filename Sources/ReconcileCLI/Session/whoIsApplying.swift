import FoundationEssentials
package import Reconciliation
import Subprocess

extension LockHolder {
    /// This process.
    package static func thisProcess(command: String) -> LockHolder {
        let process = ProcessInfo.processInfo
        return LockHolder(
            user: "\(process.userName)@\(process.hostName)", processID: Int(process.processIdentifier),
            command: command, since: Date().timeIntervalSince1970)
    }
}

/// The commit of the working copy that a file is in; `nil` outside git, or where git is not installed.
package func gitCommit(ofFile path: String) async -> String? {
    let directory = URL(filePath: path).deletingLastPathComponent().path
    let result = try? await run(
        .name("git"), arguments: ["-C", directory, "rev-parse", "HEAD"], output: .string(limit: 256),
        error: .discarded)
    guard let result, result.terminationStatus.isSuccess else { return nil }
    return result.standardOutput.trimmingCharacters { $0.isWhitespace }
}

extension String {
    fileprivate func trimmingCharacters(where isTrimmed: (Character) -> Bool) -> String {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        while let first = rest.first, isTrimmed(first) { rest.removeFirst() }
        return String(rest)
    }
}
