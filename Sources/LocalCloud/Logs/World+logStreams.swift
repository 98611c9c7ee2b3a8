import AttributeTree

extension World {
    func logStream(_ input: AttributeValue) throws(CloudFault) -> LogStreamRecord {
        let group = try logGroup(input)
        guard let stream = logs.stream(input["logStreamName"]?.stringValue ?? "", of: group.name) else {
            throw .logStreamNotFound
        }
        return stream
    }

    mutating func createLogStream(
        _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let group = try logGroup(input)
        let name = input["logStreamName"]?.stringValue ?? ""
        guard !name.contains(where: { $0 == ":" || $0 == "*" }) else {
            throw .invalidLogs(
                "1 validation error detected: Value '\(name)' at 'logStreamName' failed to satisfy constraint: "
                    + "Member must satisfy regular expression pattern: [^:*]*")
        }
        guard logs.stream(name, of: group.name) == nil else {
            throw CloudFault("ResourceAlreadyExistsException", "The specified log stream already exists")
        }
        logs.add(LogStreamRecord(group: group.name, name: name, createdAt: context.now))
        return [:]
    }

    mutating func deleteLogStream(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let stream = try logStream(input)
        logs.removeStream(stream.name, of: stream.group)
        return [:]
    }

    func describeLogStreams(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let group = try logGroup(input)
        let prefix = input["logStreamNamePrefix"]?.stringValue
        var streams = logs.streams(of: group.name).filter { $0.name.hasPrefix(prefix ?? "") }
        if input["orderBy"] == "LastEventTime" {
            guard prefix == nil else {
                throw .invalidLogs("Cannot order by LastEventTime with a logStreamNamePrefix.")
            }
            streams.sort { ($0.lastEventAt ?? 0, $0.name) < ($1.lastEventAt ?? 0, $1.name) }
        }
        if input["descending"] == true { streams.reverse() }
        return try logsPage(streams.map(description(of:)), as: "logStreams", input)
    }

    private func description(of stream: LogStreamRecord) -> AttributeValue {
        var description: AttributeValue = [
            "logStreamName": .string(stream.name), "creationTime": .int(stream.createdAt.milliseconds),
            "arn": .string(account.arn("logs", "log-group:\(stream.group):log-stream:\(stream.name)")),
            // AWS no longer counts the bytes of a stream.
            "storedBytes": 0,
        ]
        description["firstEventTimestamp"] = stream.firstEventAt.map { .int($0) }
        description["lastEventTimestamp"] = stream.lastEventAt.map { .int($0) }
        description["lastIngestionTime"] = stream.lastIngestionAt.map { .int($0) }
        return description
    }
}
