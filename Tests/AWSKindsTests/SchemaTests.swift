import AWSModel
import AttributeTree
import ResourceModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("Schemas from AWS's shapes", .tags(.small))
struct SchemaTests {
    /// The calls whose inputs a kind's fields come from.
    struct Source: Sendable, CustomTestStringConvertible {
        var schema: KindSchema
        var builder: SchemaBuilder
        var operations: [String]
        /// Members of the calls that no manifest has: what identifies the resource, and what is done rather than said.
        var withheld: Set<String>

        var testDescription: String { schema.kind.rawValue }
    }

    static let sources = [
        Source(
            schema: ECSCluster.schema, builder: ECSCluster.builder,
            operations: ["CreateCluster", "UpdateCluster", "PutClusterCapacityProviders"], withheld: ["cluster"]),
        Source(
            schema: ECSTaskDefinition.schema, builder: ECSTaskDefinition.builder,
            operations: ["RegisterTaskDefinition"], withheld: []),
        Source(
            schema: ECSService.schema, builder: ECSService.builder, operations: ["CreateService", "UpdateService"],
            withheld: ["clientToken", "service", "forceNewDeployment"]),
        Source(
            schema: ELBLoadBalancer.schema, builder: ELBLoadBalancer.builder,
            operations: [
                "CreateLoadBalancer", "SetSubnets", "SetSecurityGroups", "SetIpAddressType", "ModifyIpPools",
                "ModifyCapacityReservation", "ModifyLoadBalancerAttributes",
            ], withheld: ["LoadBalancerArn", "RemoveIpamPools", "ResetCapacityReservation"]),
        Source(
            schema: ELBTargetGroup.schema, builder: ELBTargetGroup.builder,
            operations: ["CreateTargetGroup", "ModifyTargetGroup", "ModifyTargetGroupAttributes"],
            withheld: ["TargetGroupArn"]),
        Source(
            schema: ELBListener.schema, builder: ELBListener.builder,
            operations: ["CreateListener", "ModifyListener", "ModifyListenerAttributes"], withheld: ["ListenerArn"]),
    ]

    @Test(arguments: sources)
    func `every member of the calls that make and change a resource can be written`(_ source: Source) throws {
        let written = Set(source.schema.spec.fields.map(\.providerName))
        for operation in source.operations {
            let members = try #require(source.builder.service.operation(operation)?.input?.structure?.members)
            for member in members where !source.withheld.contains(member.name) {
                #expect(written.contains(member.name), "\(operation) \(member.name)")
            }
        }
    }

    @Test(arguments: sources)
    func `an overlay names members that there are`(_ source: Source) {
        #expect(source.builder.unknownPaths(of: source.operations) == [])
    }

    @Test(arguments: sources)
    func `defaults are values that could be written, and patterns are regular expressions`(_ source: Source) throws {
        for (path, field) in source.schema.spec.allFields() {
            if let value = field.defaultValue { #expect(field.type.accepts(value), "\(path) = \(value.jsonText())") }
            if case .string(let rule) = field.type, let pattern = rule.pattern {
                #expect(throws: Never.self, "\(path)") { try Regex(pattern) }
            }
        }
    }

    @Test(arguments: [
        ("Cluster", "capacityProviders", "set of string, inPlace, by ecs:PutClusterCapacityProviders"),
        ("Cluster", "clusterName", "string, replace"),
        ("Cluster", "tags", "map of string, inPlace, by ecs:TagResource"),
        ("TaskDefinition", "containerDefinitions", "list of object by name, required, inPlace"),
        ("TaskDefinition", "containerDefinitions.image", "string, required, inPlace"),
        ("TaskDefinition", "containerDefinitions.portMappings.protocol", "string of tcp|udp, inPlace, default \"tcp\""),
        ("TaskDefinition", "taskRole", "reference to anything, inPlace"),
        ("TaskDefinition", "keepRevisions", "integer 1...1000, inPlace, default 5"),
        (
            "LoadBalancer", "subnets",
            "set of reference to anything or default, inPlace, by elbv2:SetSubnets, implied \"default\""
        ),
        ("LoadBalancer", "scheme", "string of internet-facing|internal, replace, default \"internet-facing\""),
        ("LoadBalancer", "attributes", "map of string, inPlace, by elbv2:ModifyLoadBalancerAttributes"),
        ("TargetGroup", "vpc", "reference to anything or default, replace, implied \"default\""),
        ("TargetGroup", "port", "integer 1...65535, replace"),
        ("TargetGroup", "healthCheckTimeoutSeconds", "integer 2...120, inPlace, default 5"),
        ("Listener", "loadBalancer", "reference to LoadBalancer, required, replace"),
        ("Listener", "defaultActions.forwardConfig.targetGroups", "list of object by targetGroup, inPlace"),
        ("Listener", "defaultActions.authenticateOidcConfig.clientSecret", "string, inPlace, secret"),
        ("Listener", "defaultActions.authenticateOidcConfig.clientId", "string, required, inPlace"),
        ("Service", "taskDefinition", "reference to TaskDefinition, required, rollsTasks"),
        ("Service", "desiredCount", "integer 0..., inPlace, shared"),
        ("Service", "cluster", "reference to Cluster, required, replace"),
        ("Service", "loadBalancers.targetGroup", "reference to TargetGroup, rollsTasks"),
        (
            "Service", "networkConfiguration.awsvpcConfiguration.subnets",
            "set of reference to anything or default, rollsTasks, implied \"default\""
        ),
        ("Service", "deploymentConfiguration.maximumPercent", "integer 0..., inPlace, default 200"),
    ])
    func `a field is what AWS says of it and what it means to us`(kind: String, path: String, words: String) throws {
        let schema = try #require(AWSProvider.catalog[KindName(kind)]?.schema)
        let field = try #require(schema.spec.allFields().first { $0.path == path }?.field)
        #expect(field.words == words)
    }
}

extension ObjectSchema {
    func allFields(at prefix: String = "") -> [(path: String, field: Field)] {
        fields.flatMap { field in
            [(prefix + field.name, field)] + (field.type.object?.allFields(at: prefix + field.name + ".") ?? [])
        }
    }
}

extension ValueType {
    var object: ObjectSchema? {
        switch self {
        case .object(let schema): schema
        case .list(let rule): rule.element.object
        case .map(of: let type): type.object
        case .string, .integer, .number, .boolean, .reference: nil
        }
    }

    func accepts(_ value: AttributeValue) -> Bool {
        switch (self, value) {
        case (.string(let rule), .string(let text)): rule.allowed.isEmpty || rule.allowed.contains(text)
        case (.integer(let range), .int(let number)): range?.contains(number) ?? true
        case (.number, .int), (.number, .number), (.boolean, .bool), (.map, .map): true
        case (.list(let rule), .list(let elements)): elements.allSatisfy(rule.element.accepts)
        case (.object(let schema), .map(let members)):
            members.allSatisfy { name, value in schema[name]?.type.accepts(value) ?? false }
        default: false
        }
    }

    var words: String {
        switch self {
        case .string(let rule): rule.allowed.isEmpty ? "string" : "string of \(rule.allowed.joined(separator: "|"))"
        case .integer(let range):
            range.map { $0.upperBound == .max ? "integer \($0.lowerBound)..." : "integer \($0)" } ?? "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .map(of: let type): "map of \(type.words)"
        case .object: "object"
        case .reference(let rule):
            "reference to " + (rule.kinds.isEmpty ? "anything" : rule.kinds.map(\.rawValue).joined(separator: "|"))
                + (rule.lookup == nil ? "" : " or default")
        case .list(let rule):
            switch rule.comparison {
            case .ordered: "list of \(rule.element.words)"
            case .set: "set of \(rule.element.words)"
            case .keyed(let key): "list of \(rule.element.words) by \(key)"
            }
        }
    }
}

extension Field {
    var words: String {
        var parts = [type.words]
        if isRequired { parts.append("required") }
        parts.append("\(effect)")
        if let updateCall { parts.append("by \(updateCall)") }
        if let defaultValue { parts.append("default \(defaultValue.jsonText())") }
        if let impliedValue { parts.append("implied \(impliedValue.jsonText())") }
        if isSecret { parts.append("secret") }
        if isSharedWithOthers { parts.append("shared") }
        return parts.joined(separator: ", ")
    }
}
