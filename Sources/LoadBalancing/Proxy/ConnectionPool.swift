/// Connections that wait for their next use, the last one that was used first.
struct ConnectionPool<Connection: AnyObject> {
    private struct Waiting {
        var connection: Connection
        var since: Duration
    }

    private let limit: Int
    private var waiting: [TargetKey: [Waiting]] = [:]

    /// - Parameter limit: of the connections to one target.
    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { waiting.values.reduce(0) { $0 + $1.count } }

    mutating func take(_ key: TargetKey) -> Connection? {
        waiting[key]?.popLast()?.connection
    }

    /// Whether there was room.
    mutating func put(_ connection: Connection, for key: TargetKey, now: Duration) -> Bool {
        guard waiting[key, default: []].count < limit else { return false }
        waiting[key, default: []].append(Waiting(connection: connection, since: now))
        return true
    }

    mutating func remove(_ connection: Connection, of key: TargetKey) {
        waiting[key]?.removeAll { $0.connection === connection }
        if waiting[key]?.isEmpty == true { waiting[key] = nil }
    }

    /// Takes out those of targets that no longer receive requests, and those that have waited since then.
    mutating func removeAll(since limit: Duration, unless isWanted: (TargetKey) -> Bool) -> [Connection] {
        var removed: [Connection] = []
        for (key, connections) in waiting {
            let isWanted = isWanted(key)
            removed += connections.filter { !isWanted || $0.since <= limit }.map(\.connection)
            let kept = connections.filter { isWanted && $0.since > limit }
            waiting[key] = kept.isEmpty ? nil : kept
        }
        return removed
    }
}
