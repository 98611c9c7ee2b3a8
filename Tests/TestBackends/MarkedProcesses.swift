import Foundation
import Glibc

/// The processes of this machine that a variable of their environment marks, as those of a local cloud's tasks are.
package struct MarkedProcesses: Sendable {
    private var name: String
    private var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// All that a local cloud runs, found by one of its tasks' processes; `nil` where that does not run.
    package init?(ofTheCloudThatRuns process: Int) {
        let variable = "RECONCILE_LOCAL_OWNER"
        guard let owner = Self.environment(of: process)[variable] else { return nil }
        self.init(variable, owner)
    }

    /// Those that run now.
    package var ids: [Int] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { Int($0) }.filter { Self.environment(of: $0)[name] == value }
    }

    /// Ends a process at once; it learns nothing of it.
    package static func kill(_ process: Int) throws {
        guard Glibc.kill(pid_t(process), SIGKILL) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    /// Empty where a process has ended or belongs to another user.
    private static func environment(of process: Int) -> [String: String] {
        guard let content = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return [:] }
        let variables = content.split(separator: 0).compactMap { variable -> (String, String)? in
            let parts = String(decoding: variable, as: UTF8.self).split(separator: "=", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        return Dictionary(variables) { first, _ in first }
    }
}
