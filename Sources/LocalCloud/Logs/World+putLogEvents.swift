import AttributeTree

extension World {
    private static let batchLimit = 1_048_576
    /// What AWS counts for each event beside its text.
    private static let eventOverhead = 26
    private static let day = 86_400_000

    mutating func putLogEvents(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        let stream = try logStream(input)
        let group = try logGroup(input)
        let events = (input["logEvents"]?.listValue ?? []).map {
            (timestamp: $0["timestamp"]?.intValue ?? 0, message: $0["message"]?.stringValue ?? "")
        }
        try Self.check(events)
        let now = context.now.milliseconds
        let oldest = now - 14 * Self.day
        let expired = group.retentionInDays.map { now - $0 * Self.day } ?? oldest
        let newest = now + 2 * 3_600_000
        var rejected: AttributeValue = [:]
        // Events are in the order of their times, so that each kind that is refused is at one end.
        let expiredEnd = events.firstIndex { $0.timestamp >= expired } ?? events.count
        let tooOldEnd = events.firstIndex { $0.timestamp >= oldest } ?? events.count
        let tooNewStart = events.firstIndex { $0.timestamp > newest } ?? events.count
        if tooOldEnd > 0 { rejected["tooOldLogEventEndIndex"] = .int(tooOldEnd) }
        if expiredEnd > tooOldEnd { rejected["expiredLogEventEndIndex"] = .int(expiredEnd) }
        if tooNewStart < events.count { rejected["tooNewLogEventStartIndex"] = .int(tooNewStart) }
        let start = max(tooOldEnd, expiredEnd)
        for event in events[start..<max(start, tooNewStart)] {
            logs.append(event.message, timestamp: event.timestamp, to: stream.name, of: stream.group, at: now)
        }
        var output: AttributeValue = ["nextSequenceToken": .string(context.ids.decimal(56))]
        if rejected != [:] { output["rejectedLogEventsInfo"] = rejected }
        return output
    }

    private static func check(_ events: [(timestamp: Int, message: String)]) throws(CloudFault) {
        let size = events.reduce(0) { $0 + $1.message.utf8.count + eventOverhead }
        guard size <= batchLimit else {
            throw .invalidLogs("Upload too large: \(size) bytes exceeds limit of \(batchLimit)")
        }
        for (earlier, later) in zip(events, events.dropFirst()) where later.timestamp < earlier.timestamp {
            throw .invalidLogs("Log events in a single PutLogEvents request must be in chronological order.")
        }
        if let first = events.first, let last = events.last, last.timestamp - first.timestamp > day {
            throw .invalidLogs(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
        }
    }
}
