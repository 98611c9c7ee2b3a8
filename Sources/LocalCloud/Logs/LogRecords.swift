/// A log group.
package struct LogGroupRecord: Sendable, Codable {
    package var name: String
    package var createdAt: Moment
    /// `nil` keeps events for ever.
    package var retentionInDays: Int?
    package var logClass: String
    package var keyID: String?
    package var isProtected: Bool
    package var tags: [String: String]

    package init(
        name: String, createdAt: Moment, logClass: String = "STANDARD", keyID: String? = nil, isProtected: Bool = false,
        tags: [String: String] = [:]
    ) {
        self.name = name
        self.createdAt = createdAt
        self.logClass = logClass
        self.keyID = keyID
        self.isProtected = isProtected
        self.tags = tags
    }
}

/// A stream of a group. Its events are in chunks, numbered from the oldest that is kept.
package struct LogStreamRecord: Sendable, Codable {
    package var group: String
    package var name: String
    package var createdAt: Moment
    /// In milliseconds since 1970, as are the two below.
    package var firstEventAt: Int?
    package var lastEventAt: Int?
    package var lastIngestionAt: Int?
    var chunks: Range<Int> = 0..<0

    package init(group: String, name: String, createdAt: Moment) {
        self.group = group
        self.name = name
        self.createdAt = createdAt
    }
}

/// A line.
package struct LogEvent: Sendable, Codable, Hashable {
    package var position: LogPosition
    /// In milliseconds since 1970.
    package var ingestedAt: Int
    package var message: String

    package init(position: LogPosition, ingestedAt: Int, message: String) {
        self.position = position
        self.ingestedAt = ingestedAt
        self.message = message
    }
}

/// Where an event stands among all others: by its time, and then by when it came.
package struct LogPosition: Sendable, Codable, Hashable, Comparable {
    /// In milliseconds since 1970.
    package var timestamp: Int
    /// Counts the events of all groups.
    package var sequence: Int

    package init(timestamp: Int, sequence: Int) {
        self.timestamp = timestamp
        self.sequence = sequence
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.timestamp, left.sequence) < (right.timestamp, right.sequence)
    }

    /// 56 digits, as in the ids and the tokens of AWS.
    package var digits: String { Self.pad(timestamp, to: 20) + Self.pad(sequence, to: 36) }

    /// - Returns: `nil` for what is not ``digits``.
    package init?(digits: some StringProtocol) {
        guard digits.count == 56, let timestamp = Int(digits.prefix(20)), let sequence = Int(digits.dropFirst(20))
        else { return nil }
        self.init(timestamp: timestamp, sequence: sequence)
    }

    private static func pad(_ number: Int, to count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

/// Some of the events of a stream, in the order in which they came: what is written anew when one is added.
struct LogChunk: Sendable, Codable {
    var events: [LogEvent]
}
