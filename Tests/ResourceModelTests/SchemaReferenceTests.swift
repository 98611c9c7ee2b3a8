import AttributeTree
import Diagnostics
import ResourceModel
import TestSupport
import Testing

/// The renderings of one made-up schema, compared whole.
@Suite(.tags(.small))
struct SchemaReferenceTests {
    private let reference = SchemaReference([ExampleSchemas.market, ExampleSchemas.nothing])

    @Test func isRenderedAsMarkdown() throws {
        try Snapshot.expect(reference.markdown, equals: "reference.md")
    }

    @Test func isRenderedAsText() throws {
        let queries = [
            "market", "Market.opening", "Market.spec.stalls[].tags", "Market.opening.guard.enable", "Nothing",
        ]
        let texts = try queries.map { "# \($0)\n" + (try reference.text(of: $0).get()) }
        try Snapshot.expect(([reference.textOfKinds] + texts).joined(separator: "\n"), equals: "reference.txt")
    }

    @Test func isRenderedAsJSONSchema() throws {
        try Snapshot.expect(reference.jsonSchema.jsonText(.pretty) + "\n", equals: "reference.json")
    }

    @Test(arguments: [
        ("Makret", "there is no kind \"Makret\"", "did you mean \"Market\"?"),
        ("", "there is no kind \"\"", "the kinds are Market, Nothing"),
        ("Market.openning", "Market has no field \"openning\"", "did you mean \"opening\"?"),
        ("Market.opening.x", "Market.opening has no field \"x\"", "its fields are hours, guard"),
        ("Market.opening.hours.x", "Market.opening.hours has no field \"x\"", "it has no fields"),
    ])
    func saysWhatThereIsInstead(_ query: String, _ message: String, _ help: String) {
        #expect(throws: UnknownSchema.self) { try reference.text(of: query).get() }
        guard case .failure(let unknown) = reference.text(of: query) else { return }
        #expect(unknown.diagnostic.message == message)
        #expect(unknown.diagnostic.help == [help])
    }
}

/// Has a field for each rule that a schema can have.
private enum ExampleSchemas {
    static let nothing = KindSchema(
        kind: "Nothing", summary: "Has no fields.", spec: ObjectSchema([]), nameField: "", nameRule: StringRule())

    static let market = KindSchema(
        kind: "Market", summary: "A place with stalls.", spec: ObjectSchema(fields), nameField: "marketName",
        nameRule: StringRule(length: 1...32))

    private static let fields = [
        Field(
            "marketName", .string(StringRule(length: 1...32, pattern: "^[a-z|]+$")), effect: .replace,
            documentation: "What it is called."),
        Field("square", .reference(ReferenceRule(kinds: ["TownSquare"], lookup: .vpc)), isRequired: true),
        Field(
            "streets",
            .list(
                ListRule(
                    of: .reference(ReferenceRule(literalPrefixes: ["subnet-"], lookup: .subnets)), comparison: .set,
                    count: 2...Int.max)),
            impliedValue: "default", documentation: "How one comes there."),
        Field("size", .string(StringRule(allowed: ["256", "large"])), effect: .rollsTasks),
        Field("capacity", .integer(1...Int.max), isSharedWithOthers: true),
        Field("rent", .number(0...1), defaultValue: 0.5),
        Field("password", .string(StringRule(length: 0...8)), isSecret: true),
        Field("tags", .map(of: .string(StringRule()))),
        Field(
            "opening",
            .object(
                ObjectSchema([
                    Field("hours", .integer(1...24), isRequired: true),
                    Field("guard", .object(ObjectSchema([Field("enable", .boolean, defaultValue: false)]))),
                ])),
            documentation: "When one may come."),
        Field(
            "stalls",
            .list(
                ListRule(
                    of: .object(
                        ObjectSchema([
                            Field("name", .string(StringRule()), isRequired: true),
                            Field("tags", .map(of: .list(ListRule(of: .integer(nil), count: 1...1)))),
                        ])), comparison: .keyed(by: "name")))),
        Field("owner", .reference(ReferenceRule(acceptsPlainNames: true))),
    ]
}
