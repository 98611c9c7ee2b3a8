import AttributeTree
import Reconciliation
import StateModel

/// What the entries of a log come to, up to one of them. A pure value.
///
/// Invariants, checked by ``append(_:)``:
/// 1. the first entry, and no other, says how the state was created;
/// 2. every entry after it was written under the lock that was taken last before it;
/// 3. applies are numbered from 1, and each ends once.
struct StateLog: Sendable, Equatable {
    /// Of the objects that this program writes: an object with a higher one is refused. It grows with that of
    /// ``RecordedState``, too. Since 3 an entry has any number of events.
    static let formatVersion = 3

    /// Where the entries of one apply are.
    struct Apply: Sendable, Equatable {
        var beginning: Int
        /// `nil` for one that runs, or was cut off.
        var end: Int?
    }

    private(set) var origin: LogEntry.Origin
    private(set) var state: RecordedState
    /// By their numbers, from 1.
    private(set) var applies: [Apply] = []
    /// Of the last entry.
    private(set) var position = 1
    /// Of the lock that was taken last.
    private(set) var token = ""

    init(createdBy entry: LogEntry) throws(StateFormatError) {
        guard case .created(let origin) = entry.content else {
            throw StateFormatError(at: "created", expected: "in the first entry of the log")
        }
        self.origin = origin
        state = RecordedState(lineage: origin.lineage, salt: origin.salt)
    }

    /// Takes over the entry of the next position.
    mutating func append(_ entry: LogEntry) throws(StateFormatError) {
        let next = position + 1
        if case .locked = entry.content {
            token = entry.token
        } else if entry.token != token {
            throw StateFormatError(at: "token", expected: "that of the lock, in entry \(next) of the log")
        }
        switch entry.content {
        case .created: throw StateFormatError(at: "created", expected: "in the first entry alone, and in entry \(next)")
        case .locked: break
        case .recorded(let events): for event in events { state.apply(event) }
        case .began(let apply):
            guard apply.id == applies.count + 1 else {
                throw StateFormatError(at: "apply.id", expected: "\(applies.count + 1), in entry \(next) of the log")
            }
            applies.append(Apply(beginning: next))
        case .finished(let id, _, _, _):
            guard applies.indices.contains(id - 1), applies[id - 1].end == nil else {
                throw StateFormatError(at: "finished.apply", expected: "one that runs, in entry \(next) of the log")
            }
            applies[id - 1].end = next
        }
        position = next
    }
}

extension StateLog {
    /// What stands for all entries up to ``position``, so that they need not be read.
    var snapshot: AttributeValue {
        [
            "formatVersion": .int(Self.formatVersion), "created": origin.json, "state": state.json,
            "position": .int(position), "token": .string(token),
            "applies": .list(applies.map { .list([$0.beginning, $0.end].compactMap(\.self).map { .int($0) }) }),
        ]
    }

    init(snapshot json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        guard let origin = reader.optional("created") else {
            throw StateFormatError(at: "created", expected: "there")
        }
        self.origin = try LogEntry.Origin(origin)
        state = try RecordedState(json: json["state"] ?? [:])
        position = try reader.integer("position")
        token = try reader.string("token")
        for element in try reader.list("applies") {
            guard let beginning = element.value[0]?.intValue else {
                throw StateFormatError(at: element.path, expected: "positions of the log")
            }
            applies.append(Apply(beginning: beginning, end: element.value[1]?.intValue))
        }
    }
}
