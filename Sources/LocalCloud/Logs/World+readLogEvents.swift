import AttributeTree

extension World {
    func getLogEvents(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        let stream = try logStream(input)
        let events = events(of: stream, input, context)
        let limit = input["limit"]?.intValue ?? 10_000
        let token = try input["nextToken"]?.stringValue.map { text throws(CloudFault) in
            guard let token = LogToken(text) else { throw .invalidLogs("The specified nextToken is invalid.") }
            return token
        }
        let page: [LogEvent]
        switch token {
        case .forward(let position)?: page = Self.newestFirst(false, events.filter { $0.position > position }, limit)
        case .backward(let position)?: page = Self.newestFirst(true, events.filter { $0.position < position }, limit)
        case nil: page = Self.newestFirst(input["startFromHead"] != true, events, limit)
        }
        let (forward, backward) = LogToken.around(page, after: token)
        return [
            "events": .list(
                page.map { event in
                    [
                        "timestamp": .int(event.position.timestamp), "message": .string(event.message),
                        "ingestionTime": .int(event.ingestedAt),
                    ]
                }),
            "nextForwardToken": .string(forward.text), "nextBackwardToken": .string(backward.text),
        ]
    }

    func filterLogEvents(_ input: AttributeValue, _ context: CallContext) throws(CloudFault) -> AttributeValue {
        let pattern = try LogPattern(input["filterPattern"]?.stringValue ?? "")
        var found: [(stream: String, event: LogEvent)] = []
        for stream in try searchedStreams(input) {
            found += events(of: stream, input, context).filter { pattern.matches($0.message) }.map { (stream.name, $0) }
        }
        found.sort { $0.event.position < $1.event.position }
        if let token = input["nextToken"]?.stringValue {
            guard let position = LogPosition(digits: token) else {
                throw .invalidLogs("The specified nextToken is invalid.")
            }
            found.removeAll { $0.event.position <= position }
        }
        let page = Self.withinLimits(found, input["limit"]?.intValue ?? 10_000) { $0.event }
        var output: AttributeValue = [
            "events": .list(page.map { Self.description(of: $0.event, in: $0.stream) }), "searchedLogStreams": [],
        ]
        if page.count < found.count { output["nextToken"] = page.last.map { .string($0.event.position.digits) } }
        return output
    }

    private static func description(of event: LogEvent, in stream: String) -> AttributeValue {
        [
            "logStreamName": .string(stream), "timestamp": .int(event.position.timestamp),
            "message": .string(event.message), "ingestionTime": .int(event.ingestedAt),
            "eventId": .string(event.position.digits),
        ]
    }

    private func searchedStreams(_ input: AttributeValue) throws(CloudFault) -> [LogStreamRecord] {
        let group = try logGroup(input)
        let prefix = input["logStreamNamePrefix"]?.stringValue
        guard let names = input["logStreamNames"]?.listValue?.compactMap(\.stringValue) else {
            return logs.streams(of: group.name).filter { $0.name.hasPrefix(prefix ?? "") }
        }
        guard prefix == nil else {
            throw .invalidLogs("LogStreamNamePrefix and LogStreamNames are mutually exclusive parameters.")
        }
        var streams: [LogStreamRecord] = []
        for name in names {
            guard let stream = logs.stream(name, of: group.name) else { throw .logStreamNotFound }
            streams.append(stream)
        }
        return streams
    }

    /// Those of a stream that have not expired and lie within the times of the call.
    private func events(of stream: LogStreamRecord, _ input: AttributeValue, _ context: CallContext) -> [LogEvent] {
        let retention = logs.groups[stream.group]?.retentionInDays
        let earliest = retention.map { (context.now + -Double($0) * 86400).milliseconds } ?? 0
        let start = input["startTime"]?.intValue ?? 0
        let end = input["endTime"]?.intValue ?? .max
        return logs.events(of: stream, since: max(start, earliest)).filter { $0.position.timestamp < end }
    }

    /// As many as a page may have, from one end; always in the order of their times.
    private static func newestFirst(_ newestFirst: Bool, _ events: [LogEvent], _ limit: Int) -> [LogEvent] {
        guard newestFirst else { return withinLimits(events, limit) { $0 } }
        return withinLimits(events.reversed(), limit) { $0 }.reversed()
    }

    /// A page has `limit` events, or as many as fit into a megabyte.
    private static func withinLimits<Element>(
        _ elements: [Element], _ limit: Int, _ event: (Element) -> LogEvent
    ) -> [Element] {
        var size = 0
        let end = elements.prefix(limit).firstIndex { element in
            size += event(element).message.utf8.count + 26
            return size > 1_048_576
        }
        return Array(elements.prefix(end ?? limit))
    }
}

/// A place between events, and the direction in which to read on: `f/…/s` or `b/…/s`.
private enum LogToken {
    /// What is later than the position.
    case forward(LogPosition)
    /// What is earlier.
    case backward(LogPosition)

    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count >= 2, let position = LogPosition(digits: parts[1]) else { return nil }
        switch parts[0] {
        case "f": self = .forward(position)
        case "b": self = .backward(position)
        default: return nil
        }
    }

    var text: String {
        switch self {
        case .forward(let position): "f/\(position.digits)/s"
        case .backward(let position): "b/\(position.digits)/s"
        }
    }

    /// The tokens that go with a page. Where nothing was left, the token of the call comes back: a reader stops there,
    /// or asks with it again later.
    static func around(_ page: [LogEvent], after token: LogToken?) -> (forward: LogToken, backward: LogToken) {
        if let first = page.first?.position, let last = page.last?.position {
            return (.forward(last), .backward(first))
        }
        switch token {
        case .forward(let position)?: return (.forward(position), .backward(position.neighbour(1)))
        case .backward(let position)?: return (.forward(position.neighbour(-1)), .backward(position))
        case nil:
            let start = LogPosition(timestamp: 0, sequence: 0)
            return (.forward(start), .backward(start))
        }
    }
}

extension LogPosition {
    fileprivate func neighbour(_ distance: Int) -> LogPosition {
        LogPosition(timestamp: timestamp, sequence: max(0, sequence + distance))
    }
}
