extension World {
    package func hasLogGroup(_ name: String) -> Bool { logs.groups[name] != nil }

    /// A line that a container wrote: the stream is made when it is not there.
    ///
    /// - Parameter createsGroup: whether the group is made too, as with `awslogs-create-group`; the line is lost when
    ///   it is neither there nor made.
    package mutating func appendLog(
        group: String, stream: String, line: String, at moment: Moment, createsGroup: Bool = true
    ) {
        if !hasLogGroup(group) {
            guard createsGroup else { return }
            logs.groups[group] = LogGroupRecord(name: group, createdAt: moment)
        }
        if logs.stream(stream, of: group) == nil {
            logs.add(LogStreamRecord(group: group, name: stream, createdAt: moment))
        }
        // An event has at least one character.
        let message = line.isEmpty ? " " : line
        logs.append(message, timestamp: moment.milliseconds, to: stream, of: group, at: moment.milliseconds)
    }
}
