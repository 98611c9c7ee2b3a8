import AttributeTree
import Diagnostics
import Manifests
import Planning
import ResourceModel
import TestSupport
import Testing

@testable import AWSKinds

/// Task definitions that others use, in the form of the API, each known to be valid or not.
@Suite("Real task definitions", .tags(.medium), TestData.isPresent())
struct RealTaskDefinitionTests {
    struct Definition {
        var id: String
        var api: AttributeValue
        /// The values of enumerated members that the API does not have, which the API's own validation lets pass.
        var isOfThisAPI: Bool
        /// What the API refuses in it beside the absence of a family, which `metadata.name` stands for here.
        var errors: [String]

        static func all() throws -> [Definition] {
            let index = try AttributeValue(json: Array(TestData.load("taskdefs/index.json"))).listValue ?? []
            return try index.map { entry in
                let file = try #require(entry["file"]?.stringValue)
                return Definition(
                    id: try #require(entry["id"]?.stringValue),
                    api: try AttributeValue(json: Array(TestData.load(file))),
                    isOfThisAPI: entry["enum_errors"]?.listValue?.isEmpty ?? true,
                    errors: (entry["errors"] ?? []).strings.filter { !$0.contains("in input: \"family\"") })
            }
        }

        /// The same in the words of a manifest; members that there are no fields for stay as they are.
        var manifest: AttributeValue {
            var manifest = Self.renamed(api, by: .object(ECSTaskDefinition.schema.spec))
            if api["tags"] != nil {
                manifest["tags"] = .map(Translator.ecs.map(of: api["tags"]).mapValues { .string($0) })
            }
            return manifest
        }

        private static func renamed(_ value: AttributeValue, by type: ValueType) -> AttributeValue {
            switch (type, value) {
            case (.object(let schema), .map(let members)):
                let pairs = members.map { name, member -> (String, AttributeValue) in
                    guard let field = schema.fields.first(where: { $0.providerName == name }) else {
                        return (name, member)
                    }
                    return (field.name, renamed(member, by: field.type))
                }
                return .map(Dictionary(pairs) { first, _ in first })
            case (.list(let rule), .list(let elements)): return .list(elements.map { renamed($0, by: rule.element) })
            default: return value
            }
        }

        func load() -> LoadedManifests {
            let spec = manifest.jsonText().replacing("${", with: "$${")
            let header = "apiVersion: reconcile/v1\nkind: TaskDefinition\nmetadata: {name: it}\nspec: "
            let project =
                "apiVersion: reconcile/v1\nkind: Project\nmetadata: {name: p}\nspec: {environments: {e: {cloud: local}}}"
            return ManifestLoader(catalog: AWSProvider.catalog).load([
                SourceText(file: "p.yaml", project), SourceText(file: "m.yaml", header + spec),
            ])
        }
    }

    /// What AWS's description of its API lets pass, and AWS does not: a word of the message, and in how many definitions.
    static let furtherMistakes = [
        #"fields "name" and "image""#: 8, "host port": 2,
        // Templates whose parameters are not filled in.
        "TaskCPU": 12,
        // AWS takes an empty role for none, which a manifest says by leaving it out.
        "taskRole": 1,
    ]

    @Test func `load where AWS takes them, and are refused where it does not`() throws {
        var mistakes: [String: Int] = [:]
        var passed = 0
        let all = try Definition.all()
        for definition in all {
            let loaded = definition.load()
            let errors = (loaded.diagnostics + Planner.validate(loaded.desired, catalog: AWSProvider.catalog))
                .filter { $0.severity == .error }.map(\.message)
            if definition.errors.isEmpty, definition.isOfThisAPI {
                let words = errors.map { error in Self.furtherMistakes.keys.first { error.contains($0) } ?? error }
                for word in Set(words) { mistakes[word, default: 0] += 1 }
                if Set(words).isSubset(of: Self.furtherMistakes.keys) { passed += 1 }
            } else {
                #expect(errors != [], "\(definition.id): \(definition.errors)")
                if errors != [] { passed += 1 }
            }
        }
        #expect(mistakes == Self.furtherMistakes)
        TestData.report("Real task definitions", passed: passed, of: all.count)
    }

    // AWS's answer differs from what was sent: see NormalFormTests for each of the ways.
    @Test func `compare equal to what AWS makes of them`() throws {
        var count = 0
        for definition in try Definition.all() {
            let loaded = definition.load()
            guard !loaded.diagnostics.hasErrors, let wanted = loaded.desired.resources.values.first else { continue }
            let described = definition.api.asDescribed
            let observed = try #require(
                ECSTaskDefinition.observed(["taskDefinition": described, "tags": definition.api["tags"] ?? []]))
            for recorded in [wanted.attributes, nil] {
                let plan = OneResource(.taskDefinition).plan(wanted, recorded: recorded, observed: observed.attributes)
                #expect(plan.changes.flatMap(\.differences) == [], "\(definition.id)")
            }
            count += 1
        }
        #expect(count > 190)
    }
}

extension AttributeValue {
    /// A registered task definition as AWS answers it: with its defaults, empty lists, and lists in another order.
    fileprivate var asDescribed: AttributeValue {
        var described = self
        described["taskDefinitionArn"] = "arn:it"
        described["family"] = described["family"] ?? "it"
        described["networkMode"] = described["networkMode"] ?? "bridge"
        for name in ["volumes", "placementConstraints"] { described[name] = described[name]?.reversed ?? [] }
        described["volumes"] = described["volumes"]?.eachElement { volume in
            volume.mapValue?.count == 1 ? volume.with("host", [:]) : volume
        }
        for (name, normalize) in [("cpu", TaskSize.cpuUnits), ("memory", TaskSize.mebibytes)] {
            described[name] = described[name].map(normalize)
        }
        let sharesPorts = ["awsvpc", "host"].contains(described["networkMode"]?.stringValue)
        described["containerDefinitions"] = described["containerDefinitions"]?.reversed
            .eachElement { $0.asDescribedContainer(sharesPorts: sharesPorts) }
        return described
    }

    private func asDescribedContainer(sharesPorts: Bool) -> AttributeValue {
        var container = self
        container["essential"] = container["essential"] ?? true
        container["cpu"] = container["cpu"] ?? 0
        for name in ["environment", "mountPoints", "volumesFrom", "portMappings", "systemControls"] {
            container[name] = container[name]?.reversed ?? []
        }
        container["portMappings"] = container["portMappings"]?.eachElement { mapping in
            let port = sharesPorts ? mapping["containerPort"] : mapping["hostPort"] ?? 0
            return mapping.with("hostPort", port).with("protocol", mapping["protocol"] ?? "tcp")
        }
        if let check = container["healthCheck"], check.mapValue != nil {
            let defaults: AttributeValue = ["interval": 30, "timeout": 5, "retries": 3]
            container["healthCheck"] = .map((defaults.mapValue ?? [:]).merging(check.mapValue ?? [:]) { $1 })
        }
        return container
    }

    private var reversed: AttributeValue { listValue.map { .list($0.reversed()) } ?? self }

    private func eachElement(_ transform: (AttributeValue) -> AttributeValue) -> AttributeValue {
        listValue.map { .list($0.map(transform)) } ?? self
    }
}
