import AttributeTree
import ResourceModel

/// A small cloud for tests of manifests: fruit is grown in orchards, and stalls sell it.
///
/// Each rule that a schema can have is used by some field.
enum MiniCatalog {
    static let catalog = KindCatalog(
        [orchard, fruit, stall].map { schema in
            KindDefinition(
                schema: schema, words: PhaseWords(created: "Created", configured: "Configured", final: "Final"),
                readyPhase: .created, verbs: KindVerbs(createCalls: [], updateCall: "", deleteCalls: []))
        })

    private static let orchard = KindSchema(
        kind: "Orchard", summary: "Where fruit grows.",
        spec: ObjectSchema([
            Field("orchardName", .string(StringRule())),
            Field(
                "land", .reference(ReferenceRule(literalPrefixes: ["vpc-"], lookup: .vpc)), providerName: "landId",
                impliedValue: "default"),
            Field(
                "fields",
                .list(
                    ListRule(
                        of: .reference(ReferenceRule(literalPrefixes: ["subnet-"], lookup: .subnets)),
                        comparison: .set, count: 2...4))),
            Field("labels", .map(of: .string(StringRule(length: 0...8)))),
        ]),
        nameField: "orchardName", nameRule: StringRule(length: 1...12, pattern: "^[A-Za-z0-9-]+$"))

    private static let fruit = KindSchema(
        kind: "Fruit", summary: "Something to eat.",
        spec: ObjectSchema(
            [
                Field("weight", .string(StringRule()), isRequired: true),
                Field("colour", .string(StringRule(allowed: ["red", "green", "yellow"]))),
                Field("seeds", .integer(0...100)),
                Field("sweetness", .number(0...1)),
                Field("ripe", .boolean),
                Field("secret", .string(StringRule(length: 4...8)), isSecret: true),
                Field("grade", .string(StringRule(allowed: ["a", "b", "c", "d", "e"])), isSecret: true),
                Field("pin", .integer(1000...Int.max), isSecret: true),
                Field("style", .string(StringRule(allowed: ["round"]))),
                Field("code", .string(StringRule(pattern: "^[a-z]+$"))),
                Field("bites", .list(ListRule(of: .map(of: .integer(Int.min...0)), comparison: .set, count: 1...3))),
                Field(
                    "parts", .list(ListRule(of: .object(part), comparison: .keyed(by: "name"), count: 1...3)),
                    isRequired: true),
            ] + ["a", "b", "c", "d", "e"].map { Field("note-\($0)", .string(StringRule())) }),
        nameField: "family", nameRule: StringRule(length: 1...255))

    private static let part = ObjectSchema([
        Field("name", .string(StringRule()), isRequired: true),
        Field("image", .string(StringRule()), isRequired: true),
        Field("doors", .list(ListRule(of: .integer(1...65535), count: 2...2))),
        Field("command", .list(ListRule(of: .string(StringRule())))),
    ])

    private static let stall = KindSchema(
        kind: "MarketStall", summary: "Sells fruit.",
        spec: ObjectSchema([
            Field("stallName", .string(StringRule())),
            Field("orchard", .reference(ReferenceRule(kinds: ["Orchard"], acceptsPlainNames: true))),
            Field("fruit", .reference(ReferenceRule(kinds: ["Fruit"])), isRequired: true),
            Field("spare", .reference(ReferenceRule(kinds: ["Fruit", "Orchard"], literalPrefixes: ["arn:", "sg-"]))),
            Field("stock", .integer(nil)),
            Field(
                "opening",
                .object(
                    ObjectSchema([
                        Field("hours", .integer(1...24)),
                        Field(
                            "guard", .object(ObjectSchema([Field("enable", .boolean), Field("rollback", .boolean)]))),
                    ]))),
        ]),
        nameField: "stallName", nameRule: StringRule(length: 1...255), nameScope: ["orchard"])
}
