import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct LoadBalancerTests {
    @Test("a load balancer has all its members, and is active after two seconds")
    func lifecycle() throws {
        var stage = BalancingStage()
        let created = try stage.call(
            "CreateLoadBalancer", ["Name": "web", "Subnets": ["$b", "$a"]], noting: "lb")
        let expected: AttributeValue = stage.resolved([
            "LoadBalancerArn": "$lb", "LoadBalancerName": "web", "DNSName": "127.0.1.1",
            "CanonicalHostedZoneId": "Z0000000000000LOCAL", "CreatedTime": 1_700_000_000,
            "Scheme": "internet-facing", "VpcId": "$vpc", "Type": "application", "IpAddressType": "ipv4",
            "State": ["Code": "provisioning"], "SecurityGroups": ["$sg"],
            "AvailabilityZones": [
                ["ZoneName": "local-1a", "SubnetId": "$a", "LoadBalancerAddresses": []],
                ["ZoneName": "local-1b", "SubnetId": "$b", "LoadBalancerAddresses": []],
            ],
        ])
        #expect(created["LoadBalancers"]?[0] == expected)
        #expect(stage["lb"].hasPrefix("arn:aws:elasticloadbalancing:local-1:000000000000:loadbalancer/app/web/"))
        #expect(stage.world.nextChange(after: stage.now) == stage.now + 2)
        stage.wait(seconds: 1.9)
        #expect(try stage.state == "provisioning")
        stage.wait(seconds: 0.1)
        #expect(try stage.state == "active")
        #expect(stage.world.nextChange(after: stage.now) == nil)
    }

    @Test("the same creation again gives the same load balancer, and with other settings is refused")
    func idempotence() throws {
        var stage = try BalancingStage.web()
        let again = try stage.call("CreateLoadBalancer", ["Name": "web", "Subnets": ["$a", "$b"]])
        #expect(again["LoadBalancers"]?[0]?["LoadBalancerArn"] == .string(stage["lb"]))
        for other: AttributeValue in [
            ["Name": "web", "Subnets": ["$a", "$b", "$c"]],
            ["Name": "web", "Subnets": ["$a", "$b"], "Scheme": "internal"],
            ["Name": "web", "Subnets": ["$a", "$b"], "Tags": [["Key": "a", "Value": "b"]]],
        ] {
            #expect(
                stage.refusal("CreateLoadBalancer", other) == "DuplicateLoadBalancerName: "
                    + "A load balancer with the same name 'web' exists, but with different settings")
        }
        #expect(stage.world.balancing.loadBalancers.count == 1)
    }

    @Test("one that is deleted takes its listeners and rules along; deleting it again succeeds")
    func deletion() throws {
        var stage = try BalancingStage.web()
        try stage.call("DeleteLoadBalancer", ["LoadBalancerArn": "$lb"])
        try stage.call("DeleteLoadBalancer", ["LoadBalancerArn": "$lb"])
        #expect(stage.world.balancing.listeners.isEmpty)
        #expect(stage.world.balancing.rules.isEmpty)
        #expect(stage.world.balancing.brokenInvariants == [])
        try stage.call("DeleteTargetGroup", ["TargetGroupArn": "$tg"])
        let next = try stage.call("CreateLoadBalancer", ["Name": "next", "Subnets": ["$a", "$b"]])
        #expect(next["LoadBalancers"]?[0]?["DNSName"]?.stringValue?.hasPrefix("127.0.1.") == true)
    }

    @Test("subnets, security groups and the type of addresses can be changed")
    func changes() throws {
        var stage = try BalancingStage.web()
        let subnets = try stage.call("SetSubnets", ["LoadBalancerArn": "$lb", "Subnets": ["$b", "$c"]])
        #expect(subnets["AvailabilityZones"]?[1]?["SubnetId"] == .string(stage["c"]))
        let groups = try stage.call("SetSecurityGroups", ["LoadBalancerArn": "$lb", "SecurityGroups": ["$sg"]])
        #expect(groups == stage.resolved(["SecurityGroupIds": ["$sg"]]))
        let type = try stage.call("SetIpAddressType", ["LoadBalancerArn": "$lb", "IpAddressType": "dualstack"])
        #expect(type == ["IpAddressType": "dualstack"])
        let found = try stage.call("DescribeLoadBalancers", ["Names": ["web"]])["LoadBalancers"]?[0]
        #expect(found?["IpAddressType"] == "dualstack")
        #expect(found?["AvailabilityZones"]?[0]?["ZoneName"] == "local-1b")
    }

    @Test("capacity can be reserved and set back")
    func capacity() throws {
        var stage = try BalancingStage.web()
        let none = try stage.call("DescribeCapacityReservation", ["LoadBalancerArn": "$lb"])
        #expect(none == ["DecreaseRequestsRemaining": 2, "CapacityReservationState": []])
        let reserved = try stage.call(
            "ModifyCapacityReservation",
            ["LoadBalancerArn": "$lb", "MinimumLoadBalancerCapacity": ["CapacityUnits": 200]])
        #expect(reserved["MinimumLoadBalancerCapacity"] == ["CapacityUnits": 200])
        #expect(reserved["CapacityReservationState"]?[0]?["EffectiveCapacityUnits"]?.doubleValue == 100)
        let reset = try stage.call(
            "ModifyCapacityReservation", ["LoadBalancerArn": "$lb", "ResetCapacityReservation": true])
        #expect(reset == none)
    }

    @Test("long lists come in pages")
    func pages() throws {
        var stage = BalancingStage()
        for number in 1...5 {
            try stage.call("CreateLoadBalancer", ["Name": .string("lb-\(number)"), "Subnets": ["$a", "$b"]])
        }
        let first = try stage.call("DescribeLoadBalancers", ["PageSize": 3])
        #expect(first["LoadBalancers"]?.listValue?.count == 3)
        let second = try stage.call("DescribeLoadBalancers", ["PageSize": 3, "Marker": first["NextMarker"] ?? ""])
        #expect(second["LoadBalancers"]?[1]?["LoadBalancerName"] == "lb-5")
        #expect(second["NextMarker"] == nil)
    }

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "ModifyLoadBalancerAttributes",
            ["LoadBalancerArn": "$lb", "Attributes": [["Key": "deletion_protection.enabled", "Value": "true"]]])
        #expect(stage.refusal(refusal.operation, refusal.input) == refusal.expected)
    }

    private static func creation(_ name: AttributeValue, _ subnets: AttributeValue = ["$a", "$b"]) -> AttributeValue {
        ["Name": name, "Subnets": subnets]
    }

    static let refusals: [Refusal] = [
        Refusal(
            "a name of 33 characters", "CreateLoadBalancer", creation("a123456789b123456789c123456789d12"),
            "ValidationError: Load balancer name 'a123456789b123456789c123456789d12' cannot be longer than '32' "
                + "characters"),
        Refusal(
            "a name with a dot", "CreateLoadBalancer", creation("my.lb"),
            "ValidationError: Load balancer name 'my.lb' can only contain characters that are alphanumeric characters "
                + "and hyphens(-)"),
        Refusal(
            "a name that ends with a hyphen", "CreateLoadBalancer", creation("lb-"),
            "ValidationError: Load balancer name 'lb-' cannot begin or end with '-'"),
        Refusal(
            "a reserved name", "CreateLoadBalancer", creation("internal-lb"),
            "ValidationError: Load balancer name 'internal-lb' cannot begin with 'internal-'"),
        Refusal(
            "one zone", "CreateLoadBalancer", creation("lb", ["$a"]),
            "ValidationError: At least two subnets in two different Availability Zones must be specified"),
        Refusal(
            "no subnets", "CreateLoadBalancer", ["Name": "lb"], "ValidationError: A subnet must be specified"),
        Refusal(
            "one zone twice", "CreateLoadBalancer", creation("lb", ["$a", "$b", "$a"]),
            "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same "
                + "Availability Zone"),
        Refusal(
            "an unknown subnet", "CreateLoadBalancer", creation("lb", ["$a", "subnet-1"]),
            "SubnetNotFound: The subnet ID 'subnet-1' does not exist"),
        Refusal(
            "what is no subnet", "CreateLoadBalancer", creation("lb", ["$a", "$sg"]),
            "InvalidSubnet: The subnet ID '$sg' is not valid"),
        Refusal(
            "an unknown security group", "CreateLoadBalancer",
            ["Name": "lb", "Subnets": ["$a", "$b"], "SecurityGroups": ["sg-1"]],
            "InvalidSecurityGroup: The security group 'sg-1' does not exist"),
        Refusal(
            "subnets of two VPCs", "CreateLoadBalancer", creation("lb", ["$a", "$b2"]),
            "InvalidConfigurationRequest: The subnets of a load balancer must be in one VPC"),
        Refusal(
            "a security group of another VPC", "CreateLoadBalancer",
            ["Name": "lb", "Subnets": ["$a", "$b"], "SecurityGroups": ["$sg2"]],
            "InvalidConfigurationRequest: Security group '$sg2' does not belong to VPC '$vpc'"),
        Refusal(
            "a network load balancer", "CreateLoadBalancer",
            ["Name": "lb", "Subnets": ["$a", "$b"], "Type": "network"],
            "InvalidConfigurationRequest: The local cloud does not offer load balancers of the type 'network'"),
        Refusal(
            "a scheme nobody knows", "CreateLoadBalancer",
            ["Name": "lb", "Subnets": ["$a", "$b"], "Scheme": "public"],
            "ValidationError: 1 validation error detected: Value 'public' at 'scheme' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [internet-facing, internal]"),
        Refusal(
            "a tag twice", "CreateLoadBalancer",
            ["Name": "lb", "Subnets": ["$a", "$b"], "Tags": [["Key": "a"], ["Key": "a"]]],
            "DuplicateTagKeys: Tag key was specified more than once: a"),
        Refusal(
            "deletion of a protected one", "DeleteLoadBalancer", ["LoadBalancerArn": "$lb"],
            "OperationNotPermitted: Load balancer '$lb' cannot be deleted because deletion protection is enabled"),
        Refusal(
            "what is no ARN", "DeleteLoadBalancer", ["LoadBalancerArn": "web"],
            "ValidationError: 'web' is not a valid load balancer ARN"),
        Refusal(
            "the ARN of something else", "SetSubnets", ["LoadBalancerArn": "$tg", "Subnets": ["$a", "$b"]],
            "ValidationError: '$tg' is not a valid load balancer ARN"),
        Refusal(
            "an unknown name", "DescribeLoadBalancers", ["Names": ["web", "nobody"]],
            "LoadBalancerNotFound: Load balancers '[nobody]' not found"),
        Refusal(
            "names and ARNs", "DescribeLoadBalancers", ["Names": ["web"], "LoadBalancerArns": ["$lb"]],
            "ValidationError: Load balancer names and load balancer ARNs cannot be specified at the same time"),
        Refusal(
            "more than 20 names", "DescribeLoadBalancers", ["Names": .list(Array(repeating: "web", count: 21))],
            "ValidationError: The number of load balancers '21' exceeds '20'"),
        Refusal(
            "an attribute nobody knows", "ModifyLoadBalancerAttributes",
            ["LoadBalancerArn": "$lb", "Attributes": [["Key": "speed", "Value": "11"]]],
            "ValidationError: Load balancer attribute key 'speed' is not recognized"),
        Refusal(
            "an attribute out of its range", "ModifyLoadBalancerAttributes",
            ["LoadBalancerArn": "$lb", "Attributes": [["Key": "idle_timeout.timeout_seconds", "Value": "4001"]]],
            "ValidationError: 'idle_timeout.timeout_seconds' value '4001' must be between '1-4000' inclusive"),
        Refusal(
            "logs without a bucket", "ModifyLoadBalancerAttributes",
            ["LoadBalancerArn": "$lb", "Attributes": [["Key": "access_logs.s3.enabled", "Value": "true"]]],
            "InvalidConfigurationRequest: 'access_logs.s3.bucket' must be specified when 'access_logs.s3.enabled' is "
                + "true"),
    ]
}

extension BalancingStage {
    fileprivate var state: String? {
        mutating get throws {
            try call("DescribeLoadBalancers", ["LoadBalancerArns": ["$lb"]])["LoadBalancers"]?[0]?["State"]?["Code"]?
                .stringValue
        }
    }
}
