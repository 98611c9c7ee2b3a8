import FoundationEssentials
import Glibc

/// The main process of a container that is being watched.
struct WatchedProcess: Sendable {
    let handle: ContainerHandle
    let identity: ProcessIdentity
    /// `nil` where it cannot be read any more.
    var output: OutputPipe?

    /// What has happened since the last time. After the end, which comes last, nothing follows.
    mutating func newEvents() -> [ContainerEvent] {
        // Asked before the output is read: what a process says, it says before its end.
        guard !identity.isRunning else { return outputEvents(output?.newLines() ?? []) }
        // A container ends with its main process. Until its status is collected, the group cannot be another's.
        identity.signalGroup(SIGKILL)
        let lines = output?.finish() ?? []
        return outputEvents(lines) + [.ended(handle, exitCode: identity.collectExitStatus(), reason: nil)]
    }

    private func outputEvents(_ lines: [String]) -> [ContainerEvent] {
        guard !lines.isEmpty else { return [] }
        let now = Date().timeIntervalSince1970
        return lines.map { .output(handle, .init(line: $0, time: now)) }
    }
}
