import FoundationEssentials

/// What the kernel tells of this machine's processes, in `/proc`.
enum ProcessTable {
    struct Entry: Sendable, Hashable {
        /// `R` running, `S` sleeping, `Z` ended and not yet waited for, …
        var state: Character
        /// In ticks of the kernel since the machine started.
        var startTime: UInt64

        var hasEnded: Bool { state == "Z" || state == "X" }
    }

    /// `nil` when there is no such process.
    static func entry(of process: Int32) -> Entry? {
        guard let text = content(of: process, "stat").map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
        // The name, in parentheses, may contain anything, also parentheses. The fields from the third one follow.
        guard let name = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 19, let state = fields[0].first, let startTime = UInt64(fields[19]) else { return nil }
        return Entry(state: state, startTime: startTime)
    }

    /// The environment the process was started with; `nil` when it has ended or belongs to another user.
    static func environment(of process: Int32) -> [String: String]? {
        guard let bytes = content(of: process, "environ"), !bytes.isEmpty else { return nil }
        let pairs = bytes.split(separator: 0).compactMap { entry -> (String, String)? in
            let parts = entry.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            return (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
        }
        return Dictionary(pairs) { first, _ in first }
    }

    static func allProcesses() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }
    }

    private static func content(of process: Int32, _ name: String) -> Data? {
        try? Data(contentsOf: URL(filePath: "/proc/\(process)/\(name)"))
    }
}
