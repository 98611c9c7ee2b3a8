import AttributeTree
import Reconciliation
import StateModel

extension LockHolder {
    /// The form in which a lock names its holder: without when it ends, which the lock itself says.
    var json: AttributeValue {
        [
            "user": .string(user), "processID": .int(processID), "command": .string(command),
            "since": .number(since),
        ]
    }

    init?(json: AttributeValue) {
        guard let user = json["user"]?.stringValue, let processID = json["processID"]?.intValue,
            let command = json["command"]?.stringValue, let since = json["since"]?.doubleValue,
            RecordedState.times.contains(since)
        else { return nil }
        self.init(user: user, processID: processID, command: command, since: since)
    }
}
