import AttributeTree
import FoundationEssentials

/// Writes resources as `terraform_data`, whose input is what the manifest's `spec` is, and the state in which Terraform
/// has nothing to do.
///
/// The state is written and not made by an apply: that rewrites its state after each resource, and 10,000 would take
/// hours.
struct TerraformWriter {
    private let resources: [GeneratedResource]
    private let numbers: [GeneratedResource.ID: Int]

    init(_ resources: [GeneratedResource]) {
        self.resources = resources
        numbers = Dictionary(uniqueKeysWithValues: resources.enumerated().map { ($1.id, $0) })
    }

    /// Each resource in a file of its own, beside the state.
    func write(to directory: URL, version: String) throws {
        for resource in resources {
            try directory.write(
                "resource \"terraform_data\" \"\(label(resource.id))\" {\n  input = \(expression(resource.spec))\n}\n",
                to: "\(label(resource.id)).tf")
        }
        try directory.write(state(version: version).jsonText(), to: "terraform.tfstate")
    }

    private func label(_ id: GeneratedResource.ID) -> String { "\(id.kind)-\(id.name)" }

    private func expression(_ value: SourceValue) -> String {
        switch value {
        case .text(let text): AttributeValue.string(text).jsonText()
        case .number(let number): "\(number)"
        case .bool(let bool): "\(bool)"
        case .reference(let id): "terraform_data.\(label(id)).id"
        case .list(let elements): "[\(elements.map(expression).joined(separator: ", "))]"
        case .map(let members):
            "{\n" + members.map { "\"\($0.name)\" = \(expression($0.value))\n" }.joined() + "}"
        }
    }

    // MARK: State

    private func state(version: String) -> AttributeValue {
        [
            "version": 4, "terraform_version": .string(version), "serial": 1,
            "lineage": "5f0c1c1e-0000-4000-8000-000000000000", "outputs": [:],
            "resources": .list(resources.map(record)), "check_results": .null,
        ]
    }

    private func record(of resource: GeneratedResource) -> AttributeValue {
        let dependencies = Set(resource.spec.references.map { "terraform_data.\(label($0))" }).sorted()
        let value: AttributeValue = ["value": self.value(of: resource.spec), "type": type(of: resource.spec)]
        return [
            "mode": "managed", "type": "terraform_data", "name": .string(label(resource.id)),
            "provider": "provider[\"terraform.io/builtin/terraform\"]",
            "instances": [
                [
                    "schema_version": 0, "sensitive_attributes": [],
                    "dependencies": .list(dependencies.map { .string($0) }),
                    "attributes": [
                        "id": .string(identifier(resource.id)), "input": value, "output": value,
                        "triggers_replace": .null,
                    ],
                ]
            ],
        ]
    }

    private func identifier(_ id: GeneratedResource.ID) -> String {
        let number = String(numbers[id] ?? 0, radix: 16)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - number.count) + number
    }

    private func value(of value: SourceValue) -> AttributeValue {
        switch value {
        case .text(let text): .string(text)
        case .number(let number): .int(number)
        case .bool(let bool): .bool(bool)
        case .reference(let id): .string(identifier(id))
        case .list(let elements): .list(elements.map(self.value))
        case .map(let members):
            .map(Dictionary(uniqueKeysWithValues: members.map { ($0.name, self.value(of: $0.value)) }))
        }
    }

    /// In the notation of Terraform's type constraints.
    private func type(of value: SourceValue) -> AttributeValue {
        switch value {
        case .text, .reference: "string"
        case .number: "number"
        case .bool: "bool"
        case .list(let elements): ["tuple", .list(elements.map(type))]
        case .map(let members):
            [
                "object",
                .map(Dictionary(uniqueKeysWithValues: members.map { ($0.name, type(of: $0.value)) })),
            ]
        }
    }
}
