package import AttributeTree
import ResourceModel

extension Intent {
    /// The form in which stores keep an intent.
    package var json: AttributeValue {
        var json: AttributeValue = [
            "id": .int(id),
            "address": .string(address.description),
            "action": .string(action.rawValue),
            "cloudName": .string(cloudName),
            "clientToken": .string(clientToken),
            "contentHash": .string(contentHash),
            "startedAt": .number(startedAt),
        ]
        json["identity"] = identity?.json
        json["outcome"] = outcome?.json
        return json
    }

    package init(json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        var identity: ResourceIdentity?
        if reader.optional("identity") != nil { identity = try ResourceIdentity(reader, "identity") }
        var outcome: Outcome?
        if let members = reader.optional("outcome") { outcome = try Outcome(members) }
        self.init(
            id: try reader.integer("id"), address: try reader.address("address"), action: try reader.word("action"),
            cloudName: try reader.string("cloudName"), identity: identity,
            clientToken: try reader.string("clientToken"), contentHash: try reader.string("contentHash"),
            startedAt: try reader.seconds("startedAt"), outcome: outcome)
    }
}

extension Intent.Outcome {
    fileprivate var json: AttributeValue {
        var json: AttributeValue = [
            "attributes": attributes,
            "dependencies": .list(dependencies.map { .string($0.description) }),
            "protect": .bool(protect),
        ]
        json["retiring"] = retiring.map { .string($0.rawValue) }
        return json
    }

    fileprivate init(_ reader: StateReader) throws(StateFormatError) {
        var retiring: RetiredIdentity.Reason?
        if reader.optional("retiring") != nil { retiring = try reader.word("retiring") }
        self.init(
            attributes: try reader.any("attributes"), dependencies: try reader.addresses("dependencies"),
            protect: try reader.bool("protect"), retiring: retiring)
    }
}
