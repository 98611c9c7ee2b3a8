import AttributeTree
import ResourceModel
import TestSupport
import Testing

/// What the words in a manifest are when a call is made.
@Suite(.tags(.small))
struct ReferenceResolverTests {
    private static let boxes = ValueType.reference(ReferenceRule(kinds: ["Box", "Crate"]))
    private static let zones = ValueType.reference(
        ReferenceRule(literalPrefixes: ["zone-"], lookup: .subnets))
    private static let schema = ObjectSchema([
        Field("box", boxes),
        Field("plain", .reference(ReferenceRule(kinds: ["Box"], acceptsPlainNames: true))),
        Field("zones", .list(ListRule(of: zones, comparison: .set))),
        Field(
            "nested", .list(ListRule(of: .object(ObjectSchema([Field("box", boxes), Field("size", .integer(nil))]))))),
        Field("byName", .map(of: boxes)),
    ])

    private let resolver = ReferenceResolver(lookups: [Lookup(.subnets): ["zone-1", "zone-2"]]) { address in
        ["Box/a": "arn:a", "Crate/c": "arn:c"][address.description].map { ResourceIdentity(id: $0) }
    }

    @Test(
        arguments: [
            ("the name of a managed resource", ["box": "a"], ["box": "arn:a"]),
            ("a name of the second kind it may be", ["box": "c"], ["box": "arn:c"]),
            ("a literal", ["box": "arn:of:somebody"], ["box": "arn:of:somebody"]),
            ("a plain name where those are accepted", ["plain": "theirs"], ["plain": "theirs"]),
            ("a word for a whole list", ["zones": "default"], ["zones": ["zone-1", "zone-2"]]),
            ("a word among others", ["zones": ["zone-9", "default"]], ["zones": ["zone-9", "zone-1", "zone-2"]]),
            (
                "a name deep inside", ["nested": [["box": "a", "size": 3]], "byName": ["x": "c"]],
                ["nested": [["box": "arn:a", "size": 3]], "byName": ["x": "arn:c"]]
            ),
            ("what the schema does not know", ["other": "a"], ["other": "a"]),
        ] as [(String, AttributeValue, AttributeValue)])
    func standsFor(what: String, written: AttributeValue, resolved: AttributeValue) throws {
        #expect(try resolver.resolve(written, by: Self.schema) == resolved)
    }

    @Test func whatIsNotThereYetIsTold() {
        let error = ReferenceResolver.Unresolved(
            path: AttributePath.root.member("nested").index(0).member("box"), name: "z", kinds: ["Box", "Crate"])
        #expect(throws: error) { try resolver.resolve(["nested": [["box": "z"]]], by: Self.schema) }
        #expect(error.description == #"nested[0].box: Box or Crate "z" does not exist yet"#)
        #expect(resolver.resolveKnown(["box": "z"], by: Self.schema) == ["box": "z"])
    }
}
