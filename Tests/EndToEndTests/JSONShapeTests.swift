import AttributeTree
import TestSupport
import Testing

@Suite(.tags(.small))
struct JSONShapeTests {
    private let shape: JSONShape = [
        "version": "int", "rows": [["name": "string", "phase": "none|final"]], "detail": ["*": "int"],
        "note?": "string",
    ]

    @Test("A document of the shape has no mismatches")
    func match() {
        let document: AttributeValue = [
            "version": 1, "rows": [["name": "a", "phase": "none"], ["name": "b", "phase": "final"]], "detail": ["x": 2],
        ]
        #expect(shape.mismatches(of: document) == [])
    }

    @Test("Every mismatch is told")
    func mismatches() {
        let document: AttributeValue = [
            "rows": [["name": 1, "phase": "gone"]], "detail": ["x": "two"], "note": .null, "extra": true,
        ]
        #expect(
            shape.mismatches(of: document) == [
                "$.version is missing", "$.detail.x is \"two\", not int", "$.extra is not documented",
                "$.note is null, not string", "$.rows[0].name is 1, not string",
                "$.rows[0].phase is \"gone\", not none|final",
            ])
    }
}
