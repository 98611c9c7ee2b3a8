import AttributeTree
import Reconciliation
import StateModel

/// What stands at one position of the log of a state: all that was ever recorded, in its order.
struct LogEntry: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        /// The first of all.
        case created(Origin)
        /// Who has the lock from here on: whoever had it before finds this where it would write, and writes nothing more.
        case locked(LockHolder)
        /// One after the other, and all at once.
        case recorded([StateEvent])
        case began(ApplyRecord)
        case finished(apply: Int, ApplyRecord.Outcome, at: Double, report: AttributeValue?)
    }

    /// Made once with the state.
    struct Origin: Sendable, Equatable {
        var lineage: String
        var salt: String
        var project: String
        var environment: String
    }

    /// Of the lock that was held when it was written.
    var token: String
    var content: Content
}

extension LogEntry {
    var json: AttributeValue {
        var json: AttributeValue = ["formatVersion": .int(StateLog.formatVersion), "token": .string(token)]
        switch content {
        case .created(let origin): json["created"] = origin.json
        case .locked(let holder): json["locked"] = holder.json
        case .recorded(let events): json["events"] = .list(events.map(\.json))
        case .began(let apply): json["apply"] = apply.beginningJSON
        case .finished(let id, let outcome, let time, let report):
            json["finished"] = ["apply": .int(id), "outcome": .string(outcome.rawValue), "endedAt": .number(time)]
            json["report"] = report
        }
        return json
    }

    init(json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        token = try reader.string("token")
        if let origin = reader.optional("created") {
            content = .created(try Origin(origin))
        } else if let holder = json["locked"] {
            guard let holder = LockHolder(json: holder) else {
                throw StateFormatError(at: "locked", expected: "the holder of a lock")
            }
            content = .locked(holder)
        } else if let event = json["event"] {
            // Up to format 2 an entry had one.
            content = .recorded([try StateEvent(json: event)])
        } else if json["events"] != nil {
            content = .recorded(
                try reader.list("events").map { event throws(StateFormatError) in
                    try StateEvent(json: event.value)
                })
        } else if let apply = json["apply"] {
            content = .began(try ApplyRecord(beginningJSON: apply))
        } else {
            guard let end = reader.optional("finished") else {
                throw StateFormatError(at: "finished", expected: "there")
            }
            content = .finished(
                apply: try end.integer("apply"), try end.word("outcome"), at: try end.seconds("endedAt"),
                report: json["report"])
        }
    }
}

extension LogEntry.Origin {
    var json: AttributeValue {
        [
            "lineage": .string(lineage), "salt": .string(salt), "project": .string(project),
            "environment": .string(environment),
        ]
    }

    init(_ reader: StateReader) throws(StateFormatError) {
        self.init(
            lineage: try reader.string("lineage"), salt: try reader.string("salt"),
            project: try reader.string("project"), environment: try reader.string("environment"))
    }
}
