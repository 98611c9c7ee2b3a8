import Diagnostics
import Testing
import YAML

/// A mapping with merge keys, and its members as they are seen.
struct Merge: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var members: String
}

@Suite struct MergeTests {
    @Test(arguments: [
        Merge(
            testDescription: "the members of the merged mapping come after those that are written",
            yaml: "- &a {x: 1, y: 2}\n- {<<: *a, z: 3}\n", members: "z=3 x=1 y=2"),
        Merge(
            testDescription: "a written member wins, wherever the merge key stands",
            yaml: "- &a {x: 1, y: 2}\n- {<<: *a, x: 9}\n", members: "x=9 y=2"),
        Merge(
            testDescription: "of several mappings the earlier wins",
            yaml: "- [&a {x: 1}, &b {x: 2, y: 2}]\n- {<<: [*a, *b]}\n", members: "x=1 y=2"),
        Merge(
            testDescription: "a mapping may be merged where it is written",
            yaml: "- ~\n- <<: {x: 1}\n  y: 2\n", members: "y=2 x=1"),
        Merge(
            testDescription: "a list to merge may itself have an anchor",
            yaml: "- &all [{x: 1}, {y: 2}]\n- {<<: *all}\n", members: "x=1 y=2"),
        Merge(
            testDescription: "what is merged may merge",
            yaml: "- [&a {x: 1, y: 1}, &b {<<: *a, y: 2}]\n- {<<: *b, z: 3}\n", members: "z=3 y=2 x=1"),
        Merge(
            testDescription: "in quotes it is a member like any other",
            yaml: "- ~\n- {\"<<\": 1}\n", members: "<<=1"),
    ])
    func resolves(_ merge: Merge) throws {
        let mapping = try #require(parsed(merge.yaml).elements.last)
        let members = mapping.pairs.map { "\($0.key.scalar ?? "?")=\($0.value.scalar ?? "?")" }
        #expect(members.joined(separator: " ") == merge.members)
    }

    @Test func `an alias is seen as what it stands for, at its own place`() throws {
        let root = try parsed("web: &image {name: web}\napi: *image\n")
        let alias = try #require(root["api"])
        #expect(alias["name"]?.scalar == "web")
        #expect(alias.range.start.description == "web.yaml:2:6")
        #expect(alias.anchoredRange?.start.description == "web.yaml:1:6")
        #expect(root["web"]?.anchoredRange == nil)
    }

    @Test func `an anchor that is set again counts from there on`() throws {
        let root = try parsed("[&a 1, *a, &a 2, *a]")
        #expect(root.elements.map(\.scalar) == ["1", "1", "2", "2"])
    }
}
