import AttributeTree
import TestBackends

/// What an API answered to a call, as values at paths such as `services[0].deployments[0].status`.
///
/// What each API chooses for itself (identifiers, the account, the region, times, DNS names) is replaced by a word for it.
/// Elements of a list that have a name are found by it: `Attributes[idle_timeout.timeout_seconds].Value`. An empty list is
/// as good as none, but for those at the top, whose `count` is told (of attributes and tags only those told are compared).
struct FlatAnswer {
    /// The operation, and what is special about this call.
    var call: String
    /// `outcome` is "done", or the code of the refusal.
    private(set) var values: [String: String]

    init(_ call: String, _ answer: Result<AttributeValue, Boto3.Refusal>) {
        self.call = call
        switch answer {
        case .failure(let refusal):
            values = ["outcome": refusal.code, "status": "\(refusal.status)"]
        case .success(let answer):
            values = ["outcome": "done"]
            for (member, value) in answer.mapValue ?? [:] {
                if let list = value.listValue, !["Attributes", "Tags", "tags"].contains(member) {
                    values["\(member).count"] = "\(list.count)"
                }
                add(value, at: member, member: member)
            }
        }
    }

    private mutating func add(_ value: AttributeValue, at path: String, member: String) {
        switch value {
        case .map(let members):
            for (member, value) in members { add(value, at: "\(path).\(member)", member: member) }
        case .list(let list):
            let words = list.compactMap(\.stringValue).sorted()
            let elements = words.count == list.count ? words.map { .string($0) } : list
            for (index, element) in elements.enumerated() {
                add(element, at: "\(path)[\(Self.name(of: element) ?? "\(index)")]", member: member)
            }
        case .null:
            break
        case .bool, .int, .number, .string:
            values[path] = Self.chosenWord(for: value, member: member) ?? Self.comparable(value)
        }
    }

    private static func name(of element: AttributeValue) -> String? {
        ["Key", "key", "name", "ZoneName", "ResourceArn", "Priority"].lazy.compactMap { element[$0]?.stringValue }.first
            .map { withoutIdentifiers($0) }
    }

    /// The word for a value that is a matter of time or place altogether.
    private static func chosenWord(for value: AttributeValue, member: String) -> String? {
        switch member {
        case "DNSName", "CanonicalHostedZoneId": member
        case _ where value.doubleValue != nil && (member.hasSuffix("At") || member.hasSuffix("Time")): "TIME"
        default: nil
        }
    }

    private static func comparable(_ value: AttributeValue) -> String {
        withoutIdentifiers(value.jsonText())
    }

    private static func withoutIdentifiers(_ text: String) -> String {
        text.replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "ID")
            .replacing(/ecs-svc\/[0-9a-f]+/, with: "ecs-svc/ID")
            .replacing(/(vpc|subnet|sg|eni)-[0-9a-f]{8,}/) { "\($0.output.1)-ID" }
            .replacing(/local-1|eu-west-1/, with: "REGION")
            .replacing(/000000000000|123456789012/, with: "ACCOUNT")
            .replacing(/\/([0-9]{15}|[0-9a-z]{16})(?![0-9a-z])/, with: "/ID")
            .replacing(/[0-9a-f]{32}/, with: "ID")
    }
}
