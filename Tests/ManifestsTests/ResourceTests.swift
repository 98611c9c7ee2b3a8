import AttributeTree
import Diagnostics
import Manifests
import ResourceModel
import TestSupport
import Testing

@Suite(.tags(.small))
struct ResourceTests {
    private func resource(_ kind: String, _ spec: String) -> (resource: DesiredResource?, messages: String) {
        let loaded = load(
            resources: """
                apiVersion: reconcile/v1
                kind: \(kind)
                metadata: {name: it}
                spec: \(spec)
                """)
        return (loaded.manifests.desired["\(kind)/it"], loaded.messages)
    }

    private static let fruits: [(written: String, attributes: AttributeValue)] = [
        ("weight: 256", ["weight": "256"]),
        ("weight: 1.50", ["weight": "1.50"]),
        ("weight: -3", ["weight": "-3"]),
        ("weight: no", ["weight": "no"]),
        ("weight: 012", ["weight": "012"]),
        ("weight: \"\"", ["weight": ""]),
        ("weight: 1, sweetness: 1, seeds: 0x10", ["weight": "1", "sweetness": 1, "seeds": 16]),
        ("<<: {weight: 1, seeds: 2}, seeds: 3", ["weight": "1", "seeds": 3]),
    ]

    @Test(arguments: fruits)
    func readsScalars(_ written: String, _ attributes: AttributeValue) {
        let (resource, messages) = resource("Fruit", "{\(written), parts: [{name: a, image: b}]}")
        #expect(messages == "")
        var attributes = attributes
        attributes["parts"] = [["name": "a", "image": "b"]]
        #expect(resource?.attributes == attributes)
    }

    private static let orchards: [(written: String, attributes: AttributeValue)] = [
        ("{}", ["land": "default"]),
        ("", ["land": "default"]),
        ("{land: vpc-1, labels: {a: 1, b: x}}", ["land": "vpc-1", "labels": ["a": "1", "b": "x"]]),
        ("{land: vpc-1, fields: default}", ["land": "vpc-1", "fields": "default"]),
        ("{land: vpc-1, fields: [default]}", ["land": "vpc-1", "fields": "default"]),
        ("{land: vpc-1, fields: [subnet-2, subnet-1]}", ["land": "vpc-1", "fields": ["subnet-2", "subnet-1"]]),
    ]

    @Test(arguments: orchards)
    func readsCollectionsAndWhatIsImplied(_ written: String, _ attributes: AttributeValue) {
        let (resource, messages) = resource("Orchard", written)
        #expect(messages == "")
        #expect(resource?.attributes == attributes)
    }

    @Test func aReferenceIsAWordALiteralANameOrAPlainName() {
        let loaded = load(
            resources: """
                apiVersion: reconcile/v1
                kind: MarketStall
                metadata: {name: corner}
                spec: {fruit: "arn:aws:fruit", orchard: elsewhere, spare: north}
                ---
                apiVersion: reconcile/v1
                kind: Orchard
                metadata: {name: north}
                spec: {fields: default}
                """)
        #expect(loaded.messages == "")
        #expect(
            loaded.manifests.desired["MarketStall/corner"]?.references == [
                Reference(path: "fruit", target: .literal("arn:aws:fruit")),
                Reference(path: "orchard", target: .literal("elsewhere")),
                Reference(path: "spare", target: .managed(ResourceAddress(kind: "Orchard", name: "north"))),
            ])
        #expect(
            loaded.manifests.desired["Orchard/north"]?.references == [
                Reference(path: "fields", target: .lookup(Lookup(.subnets))),
                Reference(path: "land", target: .lookup(Lookup(.vpc))),
            ])
    }

    @Test func theNameFieldIsTheNameInTheCloud() {
        #expect(resource("Orchard", "{}").resource?.cloudName == "it")
        #expect(resource("Orchard", "{orchardName: that}").resource?.cloudName == "that")
    }

    @Test func aNameIsUniqueOnlyWithinItsScope() {
        let stalls = ["a", "b", "a"].enumerated().map { index, orchard in
            """
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: stall-\(index)}
            spec: {stallName: corner, fruit: "arn:fruit", orchard: \(orchard)}
            """
        }
        let loaded = load(resources: stalls.joined(separator: "\n---\n"))
        #expect(
            loaded.manifests.diagnostics.map(\.message) == [
                "market stall \"stall-2\" and market stall \"stall-0\" have the same name in the cloud, \"corner\""
            ])
    }

    @Test func mistakesInOneFileDoNotHideThoseInAnother() {
        let loaded = Loaded([
            ("a.yaml", "apiVersion: reconcile/v1\nkind: Fruit\nkind: Fruit\nmetadata: {name: a}\nspec: {weight: 1}\n"),
            ("b.yaml", "apiVersion: reconcile/v1\nkind: MarketStall\nmetadata: {name: b}\nspec: {fruit: c}\n"),
        ])
        #expect(
            loaded.manifests.diagnostics.map { "\($0.range?.start.description ?? "nowhere"): \($0.message)" } == [
                "a.yaml:3:1: duplicate key \"kind\"",
                "a.yaml:5:1: fruit \"a\" lacks the required field \"parts\"",
                "b.yaml:4:15: market stall \"b\" refers to unknown fruit \"c\"",
                "nowhere: the manifests have no project",
            ])
    }
}

/// Where values are, as line and column from 1.
@Suite(.tags(.small))
struct SourceMapTests {
    private let resource = load(
        resources: """
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec:
              weight: 1
              parts:
                - name: a${var.x}
                  image: one
                  doors: [80, 81]
                - {name: b, image: two}
            """, variables: ["x": "1"]
    ).manifests.desired["Fruit/apple"]

    private static let places: [(String, AttributePath, String)] = [
        ("the resource", AttributePath.root, "3:18"),
        ("a scalar", "weight", "5:11"),
        ("a block is marked by its key", "parts", "6:3"),
        ("by position", AttributePath("parts").index(0).member("image"), "8:14"),
        ("by key, variables replaced", AttributePath("parts").key("a1").member("image"), "8:14"),
        ("a scalar in a list", AttributePath("parts").key("a1").member("doors").index(1), "9:19"),
        ("an element", AttributePath("parts").key("b"), "10:7"),
        ("what is not written is where it would be", AttributePath("parts").key("b").member("doors"), "10:7"),
        ("no such element", AttributePath("parts").key("c").member("image"), "6:3"),
        ("no such field", "colour", "3:18"),
    ]

    @Test(arguments: places)
    func findsPlaces(_ name: String, _ path: AttributePath, _ place: String) throws {
        let range = try #require(resource?.source.range(of: path))
        #expect("\(range.start.line):\(range.start.column)" == place, "\(name)")
    }
}
