import Glibc

/// A process that cannot be mistaken for a later one with the same number.
struct ProcessIdentity: Sendable, Hashable {
    var id: Int32
    /// See ``ProcessTable/Entry/startTime``.
    var startTime: UInt64

    init?(of process: Int32) {
        guard let entry = ProcessTable.entry(of: process) else { return nil }
        id = process
        startTime = entry.startTime
    }

    /// - Parameter runtimeID: as ``runtimeID`` is; an engine's ids are not.
    init?(runtimeID: String) {
        let parts = runtimeID.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Int32(parts[0]), let startTime = UInt64(parts[1]) else { return nil }
        self.id = id
        self.startTime = startTime
    }

    /// What is kept of it: `4711@81723`.
    var runtimeID: String { "\(id)@\(startTime)" }

    /// Whether it has not ended; one that nobody has waited for has.
    var isRunning: Bool {
        guard let entry = ProcessTable.entry(of: id) else { return false }
        return entry.startTime == startTime && !entry.hasEnded
    }

    /// Sends a signal to its process group. As long as the process is there, running or not waited for, its number
    /// names no other group.
    func signalGroup(_ signal: Int32) {
        if ProcessTable.entry(of: id)?.startTime == startTime { kill(-id, signal) }
    }

    /// The exit status of a child of this process that has ended or been killed, 128 + n after signal n; `nil` for
    /// another's child. The process is gone afterwards.
    func collectExitStatus() -> Int? {
        var status: Int32 = 0
        guard waitpid(id, &status, 0) == id else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(signal)
    }
}
