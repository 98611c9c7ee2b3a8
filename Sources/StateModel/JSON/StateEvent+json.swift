package import AttributeTree
import ResourceModel

extension StateEvent {
    /// The form in which a store keeps an event. It has one member that says which it is.
    package var json: AttributeValue {
        switch self {
        case .began(let intent): return ["began": intent.json]
        case .recorded(let resource, let intent): return Self.json(["recorded": resource.json], completing: intent)
        case .removed(let address, let intent):
            return Self.json(["removed": .string(address.description)], completing: intent)
        case .abandoned(let intent): return ["abandoned": .int(intent)]
        }
    }

    private static func json(_ json: AttributeValue, completing intent: Int?) -> AttributeValue {
        var json = json
        json["completing"] = intent.map { .int($0) }
        return json
    }

    package init(json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        let completed = reader.optional("completing") == nil ? nil : try reader.integer("completing")
        if let intent = json["began"] {
            self = .began(try Intent(json: intent))
        } else if let resource = json["recorded"] {
            self = .recorded(try RecordedResource(json: resource), completing: completed)
        } else if json["removed"] != nil {
            self = .removed(try reader.address("removed"), completing: completed)
        } else {
            self = .abandoned(try reader.integer("abandoned"))
        }
    }
}

extension RecordedState {
    /// The form in which a store keeps a whole state.
    package var json: AttributeValue {
        [
            "lineage": .string(lineage), "salt": .string(salt), "serial": .int(serial),
            "nextIntentID": .int(nextIntentID), "intents": .list(intents.map(\.json)),
            "resources": .list(resources.values.sorted { $0.address < $1.address }.map(\.json)),
        ]
    }

    package init(json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        self.init(
            lineage: try reader.string("lineage"), serial: try reader.integer("serial"),
            salt: try reader.string("salt"), nextIntentID: try reader.integer("nextIntentID"))
        for element in try reader.list("intents") { intents.append(try Intent(json: element.value)) }
        for element in try reader.list("resources") {
            let resource = try RecordedResource(json: element.value)
            resources[resource.address] = resource
        }
    }
}

extension ApplyRecord {
    /// The form in which a store keeps an apply when it begins: without what comes of it.
    package var beginningJSON: AttributeValue {
        var json: AttributeValue = [
            "id": .int(id), "command": .string(command), "startedAt": .number(startedAt), "user": .string(user),
            "plan": .string(plan),
        ]
        json["gitCommit"] = gitCommit.map { .string($0) }
        return json
    }

    package init(beginningJSON json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        self.init(
            id: try reader.integer("id"), command: try reader.string("command"),
            startedAt: try reader.seconds("startedAt"), user: try reader.string("user"),
            gitCommit: json["gitCommit"]?.stringValue, plan: try reader.string("plan"))
    }
}
