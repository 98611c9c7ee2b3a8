import AttributeTree

/// The operations on target groups.
enum TargetGroupCalls {
    private static let quota = 3000

    static func create(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let wanted = try record(from: input, world, context)
        if let found = world.balancing.targetGroups.values.first(where: { $0.name == wanted.name }) {
            guard found.hasSettings(of: wanted) else {
                throw CloudFault(
                    "DuplicateTargetGroupName",
                    "A target group with the same name '\(wanted.name)' exists, but with different settings")
            }
            return ["TargetGroups": [world.balancing.output(found)]]
        }
        guard world.balancing.targetGroups.count < quota else {
            throw .tooMany("TooManyTargetGroups", "target groups", limit: quota)
        }
        world.balancing.targetGroups[wanted.arn] = wanted
        return ["TargetGroups": [world.balancing.output(wanted)]]
    }

    private static func record(
        from input: AttributeValue, _ world: World, _ context: CallContext
    ) throws(CloudFault) -> TargetGroupRecord {
        let name = input.text("Name") ?? ""
        try checkName(name)
        let type = try targetType(input)
        let transport = try transport(input)
        guard let port = input["Port"]?.intValue else { throw .validation("A port must be specified") }
        guard let vpc = input.text("VpcId"), !vpc.isEmpty else { throw .validation("A VPC ID must be specified") }
        guard world.network.vpc(vpc) != nil else { throw .validation("The VPC ID '\(vpc)' is not found") }
        if input.text("IpAddressType") == "ipv6" { throw .notImitated("target groups of the IP address type 'ipv6'") }
        if input.says("TargetControlPort") { throw .notImitated("target control ports") }
        let resource = "targetgroup/\(name)/\(context.ids.hex(16))"
        return TargetGroupRecord(
            arn: world.account.arn("elasticloadbalancing", resource), name: name, targetType: type,
            protocol: transport, protocolVersion: try protocolVersion(input, of: transport), port: port, vpcID: vpc,
            healthCheck: try HealthCheckSettings.initial.changed(by: input, of: type),
            attributes: AttributeSettings(), tags: try Tags.checked(input["Tags"]), targets: [])
    }

    private static func targetType(_ input: AttributeValue) throws(CloudFault) -> TargetGroupRecord.TargetType {
        let name = input.text("TargetType") ?? "instance"
        guard let type = TargetGroupRecord.TargetType(rawValue: name) else {
            throw .notImitated("target groups of the type '\(name)'")
        }
        return type
    }

    private static func transport(_ input: AttributeValue) throws(CloudFault) -> ApplicationProtocol {
        guard let name = input.text("Protocol") else { throw .validation("A protocol must be specified") }
        guard let transport = ApplicationProtocol(rawValue: name) else {
            throw .notImitated("target groups of the protocol '\(name)'")
        }
        return transport
    }

    private static func protocolVersion(
        _ input: AttributeValue, of transport: ApplicationProtocol
    ) throws(CloudFault) -> ProtocolVersion? {
        switch input.text("ProtocolVersion") ?? "HTTP1" {
        case "HTTP1": return nil
        case "HTTP2" where transport == .http: return .http2
        case "HTTP2": throw .notImitated("target groups of HTTPS with the protocol version 'HTTP2'")
        case "GRPC": throw .notImitated("target groups of the protocol version 'GRPC'")
        case let version: throw .validation("Protocol version '\(version)' must be one of 'GRPC, HTTP1, HTTP2'")
        }
    }

    private static func checkName(_ name: String) throws(CloudFault) {
        let subject = "Target group name '\(name)'"
        guard name.count <= 32 else { throw .validation("\(subject) cannot be longer than '32' characters") }
        guard !name.isEmpty, name.allSatisfy(\.isNamePart) else {
            throw .validation("\(subject) can only contain characters that are alphanumeric characters or hyphens(-)")
        }
        guard !name.hasPrefix("-"), !name.hasSuffix("-") else {
            throw .validation("\(subject) cannot begin or end with '-'")
        }
        // Not documented, but so it is.
        guard !name.contains("--") else {
            throw .validation(
                "1 validation error detected: Value '\(name)' at 'targetGroup.targetGroupArn.targetGroupName' failed to "
                    + "satisfy constraint: Member must satisfy regular expression pattern: "
                    + "(?!.*--)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$")
        }
    }
}
