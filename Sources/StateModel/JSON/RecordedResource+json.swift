package import AttributeTree
import ResourceModel

extension RecordedResource {
    /// The form in which stores keep a resource.
    package var json: AttributeValue {
        [
            "address": .string(address.description),
            "identity": identity.json,
            "cloudName": .string(cloudName),
            "attributes": attributes,
            "dependencies": .list(dependencies.map { .string($0.description) }),
            "phase": .string(phase.rawValue),
            "protect": .bool(protect),
            "retired": .list(retired.map(\.json)),
            "started": .map(started.mapValues { .string($0) }),
            "proven": .list(proven),
        ]
    }

    package init(json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        var retired: [RetiredIdentity] = []
        for element in try reader.list("retired") { retired.append(try RetiredIdentity(element)) }
        self.init(
            address: try reader.address("address"), identity: try ResourceIdentity(reader, "identity"),
            cloudName: try reader.string("cloudName"), attributes: try reader.any("attributes"),
            dependencies: try reader.addresses("dependencies"), phase: try reader.word("phase"),
            protect: try reader.bool("protect"), retired: retired,
            // States of format 1 have neither.
            started: reader.optional("started") == nil ? [:] : try reader.strings("started"),
            proven: reader.optional("proven") == nil ? [] : try reader.list("proven").map(\.value))
    }
}

extension RetiredIdentity {
    fileprivate var json: AttributeValue {
        ["identity": identity.json, "cloudName": .string(cloudName), "reason": .string(reason.rawValue)]
    }

    fileprivate init(_ reader: StateReader) throws(StateFormatError) {
        self.init(
            identity: try ResourceIdentity(reader, "identity"), cloudName: try reader.string("cloudName"),
            reason: try reader.word("reason"))
    }
}

extension ResourceIdentity {
    var json: AttributeValue {
        ["id": .string(id), "properties": .map(properties.mapValues { .string($0) })]
    }

    init(_ reader: StateReader, _ name: String) throws(StateFormatError) {
        let members = StateReader(try reader.any(name), at: reader.path.member(name))
        self.init(id: try members.string("id"), properties: try members.strings("properties"))
    }
}
