import Diagnostics
import Testing
import YAML

/// A text, and the places of its scalars as `line:column+length`.
struct Places: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var places: String
}

@Suite struct PlaceTests {
    @Test(arguments: [
        Places(testDescription: "keys and values", yaml: "name: web\nport: 80\n", places: "1:1+4 1:7+3 2:1+4 2:7+2"),
        Places(
            testDescription: "columns count characters", yaml: "größe: \"日本\" # ☃\n🚢: x\n",
            places: "1:1+5 1:8+4 2:1+1 2:4+1"),
        Places(testDescription: "after comments of several bytes", yaml: "# ☃☃☃\na: b\n", places: "2:1+1 2:4+1"),
        Places(
            testDescription: "after a byte order mark", yaml: "\u{FEFF}a: ü\nb: c\n", places: "1:1+1 1:4+1 2:1+1 2:4+1"),
        Places(
            testDescription: "with line breaks of Windows", yaml: "a: b\r\nc: d\r\n", places: "1:1+1 1:4+1 2:1+1 2:4+1"),
        Places(testDescription: "with line breaks of old", yaml: "a: b\rc: d\r", places: "1:1+1 1:4+1 2:1+1 2:4+1"),
        Places(
            testDescription: "after characters that break lines elsewhere", yaml: "- \"a\u{2028}b\"\n- c\n",
            places: "1:3+5 2:3+1"),
        Places(
            testDescription: "of the first line only", yaml: "a: |\n  text\nb: one\n  two\n",
            places: "1:1+1 1:4+1 3:1+1 3:4+3"),
        Places(
            testDescription: "with tag and anchor", yaml: "a: !!str &x b\nc: *x\n", places: "1:1+1 1:4+10 2:1+1 2:4+2"),
        Places(testDescription: "of nothing", yaml: "a:\nb: c\n", places: "1:1+1 1:3+1 2:1+1 2:4+1"),
    ])
    func areRight(_ places: Places) throws {
        let found = try scalars(in: parsed(places.yaml)).map { scalar in
            "\(scalar.range.start.line):\(scalar.range.start.column)+\(scalar.range.length)"
        }
        #expect(found.joined(separator: " ") == places.places)
    }

    @Test func `a collection is marked on its first line`() throws {
        let root = try parsed("spec:\n  ports: [80,\n    443]\n  labels:\n    a: b   \n")
        let spec = try #require(root["spec"])
        #expect(spec.range == SourceRange(start: Place(file: "web.yaml", line: 2, column: 3), length: 11))
        #expect(spec["ports"]?.range.length == 4)
        #expect(spec["labels"]?.range == SourceRange(start: Place(file: "web.yaml", line: 5, column: 5), length: 4))
    }

    @Test(arguments: [
        ("plain text", "plain text"), ("'it''s'", "it's"), ("\"a\\tb\\u00e4\"", "a\tbä"), ("\"\\N\"", "\u{85}"),
        ("one\n  two\n\n  three", "one two\nthree"), ("a\n  b", "a b"), ("|\n  x\n   y\n", "x\n y\n"),
        (">-\n  x\n  y\n", "x y"),
        ("'a\n  b'", "a b"), ("日本 ☃", "日本 ☃"), ("!!str 日本", "日本"), ("&a 'x'", "x"),
    ])
    func scalarsAreReadAsTheirStyleSays(_ text: String, _ expected: String) throws {
        #expect(try parsed("key: \(text)\n")["key"]?.scalar == expected)
    }

    private func scalars(in node: YAMLNode) -> [YAMLNode] {
        switch node.kind {
        case .scalar: [node]
        case .sequence: node.elements.flatMap(scalars)
        case .mapping: node.pairs.flatMap { scalars(in: $0.key) + scalars(in: $0.value) }
        }
    }
}
