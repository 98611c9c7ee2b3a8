import AttributeTree

/// Log groups, their streams, and the newest events of each.
package struct LogsState: Sendable {
    /// How many events a chunk holds, and how many chunks a stream keeps: memory is bounded by that.
    private static let chunkSize = 100
    private static let chunksOfStream = 100

    package var groups = Table<LogGroupRecord>("logs.groups")
    private var streams = Table<LogStreamRecord>("logs.streams")
    private var chunks = Table<LogChunk>("logs.events")
    private var nextSequence = 1

    package init() {}

    package func stream(_ name: String, of group: String) -> LogStreamRecord? { streams[Self.key(group, name)] }

    package func streams(of group: String) -> [LogStreamRecord] {
        streams.values.filter { $0.group == group }.sorted { $0.name < $1.name }
    }

    package mutating func add(_ stream: LogStreamRecord) {
        streams[Self.key(stream.group, stream.name)] = stream
    }

    package mutating func removeGroup(_ name: String) {
        for stream in streams(of: name) { removeStream(stream.name, of: name) }
        groups[name] = nil
    }

    package mutating func removeStream(_ name: String, of group: String) {
        let key = Self.key(group, name)
        for number in streams[key]?.chunks ?? 0..<0 { chunks[Self.key(key, chunk: number)] = nil }
        streams[key] = nil
    }

    /// Every event that is kept, in the order of their times.
    ///
    /// - Parameter earliest: those before it have expired.
    package func events(of stream: LogStreamRecord, since earliest: Int = 0) -> [LogEvent] {
        let key = Self.key(stream.group, stream.name)
        return stream.chunks.flatMap { chunks[Self.key(key, chunk: $0)]?.events ?? [] }
            .filter { $0.position.timestamp >= earliest }
            .sorted { $0.position < $1.position }
    }

    /// Adds an event to a stream that is there; the oldest go when there are too many.
    package mutating func append(_ message: String, timestamp: Int, to stream: String, of group: String, at now: Int) {
        let key = Self.key(group, stream)
        guard var record = streams[key] else { return }
        let event = LogEvent(
            position: LogPosition(timestamp: timestamp, sequence: nextSequence), ingestedAt: now, message: message)
        nextSequence += 1
        record.firstEventAt = min(record.firstEventAt ?? timestamp, timestamp)
        record.lastEventAt = max(record.lastEventAt ?? timestamp, timestamp)
        record.lastIngestionAt = now
        let last = Self.key(key, chunk: record.chunks.upperBound - 1)
        if let count = chunks[last]?.events.count, count < Self.chunkSize {
            chunks[last]?.events.append(event)
        } else {
            chunks[Self.key(key, chunk: record.chunks.upperBound)] = LogChunk(events: [event])
            record.chunks = record.chunks.lowerBound..<record.chunks.upperBound + 1
        }
        if record.chunks.count > Self.chunksOfStream {
            chunks[Self.key(key, chunk: record.chunks.lowerBound)] = nil
            record.chunks = record.chunks.dropFirst()
        }
        streams[key] = record
    }

    // Neither name can have a colon.
    private static func key(_ group: String, _ stream: String) -> String { "\(group):\(stream)" }
    private static func key(_ stream: String, chunk: Int) -> String { "\(stream):\(chunk)" }
}

extension LogsState: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [TablePath(\.groups), TablePath(\.streams), TablePath(\.chunks)]
    }

    package mutating func tablesWereLoaded() {
        nextSequence = 1 + (chunks.values.compactMap { $0.events.last?.position.sequence }.max() ?? 0)
    }
}

extension Moment {
    /// As CloudWatch Logs writes times.
    var milliseconds: Int { Int((secondsSince1970 * 1000).rounded(.down)) }
}
