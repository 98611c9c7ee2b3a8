import AWSClient
import AttributeTree
import Reconciliation
import StateModel

/// The content of the object that is a lock. No two of them are ever the same, and so no two have the same tag.
struct LockObject: Sendable, Equatable {
    /// Of whoever has written it.
    var token: String
    /// How often it was written under this token.
    var renewal = 0
    /// How long it holds when it is not renewed.
    var lease: Duration
    var holder: LockHolder
    /// Whether the holder has given it back.
    var isReleased = false

    /// Whether its time is over: by the clock of the server, whose times are in whole seconds.
    func isExpired(at age: Duration) -> Bool { age >= lease + .seconds(1) }

    func renewed() -> LockObject {
        var lock = self
        lock.renewal += 1
        return lock
    }

    func released() -> LockObject {
        var lock = renewed()
        lock.isReleased = true
        return lock
    }
}

extension LockObject {
    var json: AttributeValue {
        [
            "formatVersion": .int(StateLog.formatVersion), "token": .string(token), "renewal": .int(renewal),
            "leaseSeconds": .number(lease / .seconds(1)), "holder": holder.json, "isReleased": .bool(isReleased),
        ]
    }

    init(json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        guard let holder = json["holder"].flatMap(LockHolder.init(json:)) else {
            throw StateFormatError(at: "holder", expected: "the holder of a lock")
        }
        self.init(
            token: try reader.string("token"), renewal: try reader.integer("renewal"),
            lease: .seconds(try reader.seconds("leaseSeconds")), holder: holder,
            isReleased: try reader.bool("isReleased"))
    }
}

/// How long a holder may rely on its lock: it stops before anybody else may take the lock, however the clocks go.
struct Lease: Sendable, Equatable {
    var length: Duration
    /// When the renewal that was answered last was sent, in the time of this process.
    var renewedAt: Duration

    /// From then on nothing more is written.
    var end: Duration { renewedAt + length * 2 / 3 }

    func isOver(at time: Duration) -> Bool { time >= end }
}
