package import AttributeTree
package import ResourceModel

/// Three kinds that have, between them, everything the engine has to handle: references, revisions, replacement, a
/// secret, a lookup, and steps that wait.
package enum ToyKinds {
    package static let all = [network, image, server]

    /// Nothing may depend on one before it is final. Its range cannot be changed: it is replaced.
    package static let network = KindDefinition(
        schema: schema(
            "Network",
            [
                Field("range", .string(StringRule()), isRequired: true, effect: .replace),
                Field("label", .string(StringRule())),
                Field("zone", .reference(ReferenceRule(literalPrefixes: ["mem:"], lookup: .vpc))),
            ]),
        words: PhaseWords(created: "Created", configured: "Routed", final: "Reachable"), readyPhase: .final,
        verbs: verbs("Network", replaceOrder: .createFirst))

    /// Every change makes a revision; one earlier revision is kept.
    package static let image = KindDefinition(
        schema: schema("Image", [Field("content", .string(StringRule()), isRequired: true)]),
        words: PhaseWords(created: "Built", configured: "Built", final: "Stored"), readyPhase: .final,
        verbs: verbs("Image", updateStyle: .newRevision(keepField: "keepRevisions", keep: 1)))

    /// Has a step that waits until it is final.
    package static let server = KindDefinition(
        schema: schema(
            "Server",
            [
                Field("network", .reference(ReferenceRule(kinds: ["Network"], literalPrefixes: ["mem:"]))),
                Field(
                    "image", .reference(ReferenceRule(kinds: ["Image"], literalPrefixes: ["mem:"])),
                    effect: .rollsTasks),
                Field("size", .integer(nil), defaultValue: 1),
                Field("password", .string(StringRule()), isSecret: true),
            ]),
        words: PhaseWords(created: "Created", configured: "Booting", final: "Serving"), readyPhase: .created,
        verbs: verbs("Server"),
        settling: [
            SettlingStep(verb: .await) { server, _ in
                ("await \(server.address) serving", [Milestone(server.address, is: .final)])
            }
        ])

    private static func schema(_ kind: KindName, _ fields: [Field]) -> KindSchema {
        KindSchema(
            kind: kind, summary: "A toy.", spec: ObjectSchema(fields), nameField: "name", nameRule: StringRule())
    }

    private static func verbs(
        _ kind: KindName, updateStyle: KindVerbs.UpdateStyle = .inPlace, replaceOrder: ReplaceOrder = .deleteFirst
    ) -> KindVerbs {
        KindVerbs(
            createCalls: ["create \(kind)"], updateStyle: updateStyle, updateCall: "update \(kind)",
            deleteCalls: ["delete \(kind)"], replaceOrder: replaceOrder)
    }
}

extension DesiredResource {
    /// A toy as a manifest would have it; references are found by the toy's schema.
    package static func toy(
        _ address: String, _ attributes: AttributeValue, protect: Bool = false
    ) -> DesiredResource {
        guard let address = ResourceAddress(address) else { preconditionFailure("\(address) is no address") }
        let definition = ToyKinds.all.first { $0.kind == address.kind }
        let references = (definition?.schema.spec.fields ?? []).compactMap { field -> Reference? in
            guard case .reference(let rule) = field.type, let text = attributes[field.name]?.stringValue else {
                return nil
            }
            let path = AttributePath.root.member(field.name)
            if text.hasPrefix("mem:") { return Reference(path: path, target: .literal(text)) }
            if let subject = rule.lookup { return Reference(path: path, target: .lookup(Lookup(subject))) }
            return rule.kinds.first.map {
                Reference(path: path, target: .managed(ResourceAddress(kind: $0, name: text)))
            }
        }
        return DesiredResource(
            address: address, attributes: attributes, cloudName: address.name,
            metadata: ResourceMetadata(protect: protect), references: references)
    }
}

extension ResourceAddress {
    /// An address written in a test.
    package static func of(_ text: String) -> ResourceAddress {
        guard let address = ResourceAddress(text) else { preconditionFailure("\(text) is no address") }
        return address
    }
}
