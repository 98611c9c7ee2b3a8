package import AttributeTree

/// Tags as ECS writes them (`key`, `value`) and as ELBv2, EC2, IAM and S3 do (`Key`, `Value`).
package struct Tags: Sendable, Hashable, Codable {
    package enum Spelling: Sendable {
        case lower, upper

        fileprivate var key: String { self == .lower ? "key" : "Key" }
        fileprivate var value: String { self == .lower ? "value" : "Value" }
    }

    package var values: [String: String]

    package init(_ values: [String: String] = [:]) { self.values = values }

    /// Reads a list of tags; a tag without a value has an empty one.
    package init(_ list: AttributeValue?, _ spelling: Spelling) {
        values = Dictionary(
            (list?.listValue ?? []).compactMap { tag in
                tag[spelling.key]?.stringValue.map { ($0, tag[spelling.value]?.stringValue ?? "") }
            }
        ) { _, last in last }
    }

    package func list(_ spelling: Spelling) -> AttributeValue {
        .list(
            values.sorted { $0.key < $1.key }.map {
                .map([spelling.key: .string($0.key), spelling.value: .string($0.value)])
            })
    }
}
