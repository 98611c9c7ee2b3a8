import AttributeTree
import StateModel

@testable import StateStorage

/// The rows of the input are what a bucket has of a state: `{"entries": […], "snapshots": […], "locks": […]}`.
func checkStateLog(_ rows: AttributeValue) throws(BrokenProperty) {
    var log: StateLog?
    for row in rows["entries"]?.listValue ?? [] {
        guard let entry = read({ () throws(StateFormatError) in try LogEntry(json: row) }) else { continue }
        let readAgain = try requireReadable("an entry that was written can be read") {
            try LogEntry(json: AttributeValue(json: entry.json.json()))
        }
        try require(readAgain == entry, "an entry reads as it was written: \(entry.json.jsonText())")
        if log == nil {
            log = read { () throws(StateFormatError) in try StateLog(createdBy: entry) }
        } else {
            _ = read { () throws(StateFormatError) in try log?.append(entry) }
        }
    }
    if let log { try checkSnapshot(log) }
    for row in rows["snapshots"]?.listValue ?? [] {
        guard let log = read({ () throws(StateFormatError) in try StateLog(snapshot: row) }) else { continue }
        try checkSnapshot(log)
    }
    for row in rows["locks"]?.listValue ?? [] {
        guard let lock = read({ () throws(StateFormatError) in try LockObject(json: row) }) else { continue }
        let readAgain = try requireReadable("a lock that was written can be read") {
            try LockObject(json: AttributeValue(json: lock.released().json.json()))
        }
        try require(readAgain.holder == lock.holder, "a lock keeps its holder")
        _ = (lock.isExpired(at: .seconds(60)), Lease(length: lock.lease, renewedAt: .zero).end)
    }
}

/// A log goes on from its snapshot.
private func checkSnapshot(_ log: StateLog) throws(BrokenProperty) {
    var readAgain = try requireReadable("a snapshot that was written can be read: \(log.snapshot.jsonText())") {
        try StateLog(snapshot: AttributeValue(json: log.snapshot.json()))
    }
    try require(readAgain == log, "a snapshot reads as it was written: \(log.snapshot.jsonText())")
    let end = LogEntry(token: log.token, content: .finished(apply: log.applies.count, .failed, at: 1, report: nil))
    _ = read { () throws(StateFormatError) in try readAgain.append(end) }
}
