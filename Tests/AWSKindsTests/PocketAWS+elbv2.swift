import AWSClient
import AttributeTree

private let elbPrefix = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:"

extension PocketAWS.World {
    mutating func elb(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        switch operation {
        case "CreateLoadBalancer": return try createBalancer(input)
        case "CreateTargetGroup": return try createTargetGroup(input)
        case "CreateListener", "ModifyListener": return try listener(operation, input)
        case "DescribeLoadBalancers":
            let found = try select(balancers, input, "LoadBalancerArns", "LoadBalancerName", "LoadBalancerNotFound")
            return page(found, as: "LoadBalancers")
        case "DescribeTargetGroups":
            let found = try select(targetGroups, input, "TargetGroupArns", "TargetGroupName", "TargetGroupNotFound")
            return page(found, as: "TargetGroups")
        case "DescribeListeners":
            let balancer = text(input, "LoadBalancerArn")
            let all = listeners.filter { balancer.isEmpty || text($0.value, "LoadBalancerArn") == balancer }
            return ["Listeners": .list(try select(all, input, "ListenerArns", "", "ListenerNotFound"))]
        case "ModifyTargetGroup":
            let arn = text(input, "TargetGroupArn")
            targetGroups[arn] = targetGroups[arn]?.with(input.mapValue ?? [:])
        case "SetSubnets", "SetSecurityGroups", "SetIpAddressType":
            let arn = text(input, "LoadBalancerArn")
            let zones = (input["Subnets"]?.listValue ?? []).map { AttributeValue.map(["SubnetId": $0]) }
            if !zones.isEmpty { balancers[arn]?["AvailabilityZones"] = .list(zones) }
            balancers[arn] = balancers[arn]?.with(input.mapValue ?? [:], without: ["Subnets"])
        case "DescribeTargetHealth": return try targetHealth(text(input, "TargetGroupArn"))
        case "DescribeTags", "AddTags", "RemoveTags": return tags(operation, input)
        case "DeleteLoadBalancer", "DeleteTargetGroup", "DeleteListener": try delete(operation, input)
        case "AddListenerCertificates", "RemoveListenerCertificates", "DescribeListenerCertificates":
            return certificates(operation, input)
        case "ModifyCapacityReservation":
            capacities[text(input, "LoadBalancerArn")] = input["MinimumLoadBalancerCapacity"]
        case "DescribeCapacityReservation":
            return capacities[text(input, "LoadBalancerArn")].map { ["MinimumLoadBalancerCapacity": $0] } ?? [:]
        default: return try attributes(operation, input)
        }
        return [:]
    }

    private func page(_ found: [AttributeValue], as member: String) -> AttributeValue {
        guard found.count > pageSize else { return .map([member: .list(found)]) }
        return .map([member: .list(Array(found.prefix(pageSize))), "NextMarker": "more"])
    }

    private mutating func createBalancer(_ input: AttributeValue) throws -> AttributeValue {
        let name = text(input, "Name")
        let arn = elbPrefix + "loadbalancer/app/\(name)/1"
        let zones = (input["Subnets"]?.listValue ?? []).map { AttributeValue.map(["SubnetId": $0]) }
        if balancers[arn] == nil { keep(input, arn: arn) }
        balancers[arn] = input.with(
            [
                "LoadBalancerArn": .string(arn), "LoadBalancerName": .string(name), "State": ["Code": "active"],
                "DNSName": .string("\(name).elb.example"), "AvailabilityZones": .list(zones),
                "SecurityGroups": input["SecurityGroups"] ?? ["sg-1"], "IpAddressType": "ipv4",
            ], without: ["Name", "Tags", "Subnets"])
        return ["LoadBalancers": [balancers[arn] ?? [:]]]
    }

    private mutating func createTargetGroup(_ input: AttributeValue) throws -> AttributeValue {
        let name = text(input, "Name")
        let arn = elbPrefix + "targetgroup/\(name)/1"
        if targetGroups[arn] == nil { keep(input, arn: arn) }
        let defaults: [String: AttributeValue] = [
            "HealthCheckIntervalSeconds": 30, "HealthCheckTimeoutSeconds": 5, "HealthCheckPath": "/",
            "HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2, "HealthCheckProtocol": "HTTP",
            "ProtocolVersion": "HTTP1", "Matcher": ["HttpCode": "200"],
        ]
        targetGroups[arn] = AttributeValue.map(defaults).with(input.mapValue ?? [:]).with(
            ["TargetGroupArn": .string(arn), "TargetGroupName": .string(name)], without: ["Name", "Tags"])
        return ["TargetGroups": [targetGroups[arn] ?? [:]]]
    }

    private mutating func listener(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        let balancer = text(input, "LoadBalancerArn")
        var arn = text(input, "ListenerArn")
        if arn.isEmpty {
            guard balancers[balancer] != nil else { throw AWSError.fault("LoadBalancerNotFound") }
            arn = balancer.replacing(":loadbalancer/", with: ":listener/") + "/" + nextID()
        }
        keep(input, arn: arn)
        // What is written as one target group is read back in both forms.
        let actions = (input["DefaultActions"]?.listValue ?? []).map { action in
            guard let group = action["TargetGroupArn"] else { return action }
            return action.with([
                "ForwardConfig": [
                    "TargetGroups": [["TargetGroupArn": group, "Weight": 1]],
                    "TargetGroupStickinessConfig": ["Enabled": false],
                ]
            ])
        }
        var listener = (listeners[arn] ?? [:]).with(input.mapValue ?? [:], without: ["Tags"])
        if input["Protocol"] == "HTTP" { listener["Certificates"] = nil }
        if !actions.isEmpty { listener["DefaultActions"] = .list(actions) }
        listeners[arn] = listener.with(["ListenerArn": .string(arn)])
        return ["Listeners": [listeners[arn] ?? [:]]]
    }

    private func select(
        _ all: [String: AttributeValue], _ input: AttributeValue, _ arns: String, _ name: String, _ missing: String
    ) throws -> [AttributeValue] {
        let wanted = (input[arns]?.listValue ?? []) + (input["Names"]?.listValue ?? [])
        if wanted.count > 20 { throw AWSError.fault("ValidationError", "too many") }
        guard !wanted.isEmpty else { return Array(all.values) }
        return try wanted.map { identifier in
            let found = all.first { .string($0.key) == identifier || $0.value[name] == identifier }
            guard let found else { throw AWSError.fault(missing) }
            return found.value
        }
    }

    /// Every running task of every service that uses the target group is healthy.
    private func targetHealth(_ arn: String) throws -> AttributeValue {
        guard targetGroups[arn] != nil else { throw AWSError.fault("TargetGroupNotFound") }
        let running = services.values.filter { $0["loadBalancers"]?.jsonText().contains(arn) ?? false }
            .compactMap { $0["runningCount"]?.intValue }.reduce(0, +)
        let targets = (0..<running).map { AttributeValue.map(["Target": ["Id": .string("10.0.0.\($0)")]]) }
        return ["TargetHealthDescriptions": .list(targets.map { $0.with(["TargetHealth": ["State": "healthy"]]) })]
    }

    private mutating func delete(_ operation: String, _ input: AttributeValue) throws {
        switch operation {
        case "DeleteLoadBalancer":
            let arn = text(input, "LoadBalancerArn")
            balancers[arn] = nil
            listeners = listeners.filter { text($0.value, "LoadBalancerArn") != arn }
        case "DeleteListener":
            guard listeners.removeValue(forKey: text(input, "ListenerArn")) != nil else {
                throw AWSError.fault("ListenerNotFound")
            }
        default:
            let arn = text(input, "TargetGroupArn")
            guard !listeners.values.contains(where: { $0.jsonText().contains(arn) }) else {
                throw AWSError.fault("ResourceInUse", "'\(arn)' is currently in use by a listener or a rule")
            }
            targetGroups[arn] = nil
        }
    }

    private mutating func tags(_ operation: String, _ input: AttributeValue) -> AttributeValue {
        let arns = (input["ResourceArns"]?.listValue ?? []).compactMap(\.stringValue)
        for arn in arns where operation != "DescribeTags" {
            keep(input, arn: arn)
            for key in input["TagKeys"]?.listValue ?? [] { tags[arn]?[key.stringValue ?? ""] = nil }
        }
        guard operation == "DescribeTags" else { return [:] }
        let descriptions = arns.map { arn in
            AttributeValue.map(["ResourceArn": .string(arn), "Tags": pairs(tags[arn])])
        }
        return ["TagDescriptions": .list(descriptions)]
    }

    private mutating func attributes(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        guard let arn = input.mapValue?.first(where: { $0.key.hasSuffix("Arn") })?.value.stringValue else {
            throw AWSError.fault("InvalidAction", operation)
        }
        for entry in input["Attributes"]?.listValue ?? [] {
            attributes[arn, default: [:]][text(entry, "Key")] = text(entry, "Value")
        }
        return ["Attributes": pairs(attributes[arn])]
    }

    private func pairs(_ members: [String: String]?) -> AttributeValue {
        .list((members ?? [:]).sorted { $0.key < $1.key }.map { ["Key": .string($0.key), "Value": .string($0.value)] })
    }

    private mutating func keep(_ input: AttributeValue, arn: String) {
        for tag in input["Tags"]?.listValue ?? [] { tags[arn, default: [:]][text(tag, "Key")] = text(tag, "Value") }
    }
}
