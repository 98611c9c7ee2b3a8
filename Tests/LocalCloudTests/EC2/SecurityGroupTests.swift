import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct SecurityGroupTests {
    private static let web: AttributeValue = [
        [
            "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
            "IpRanges": [["CidrIp": "0.0.0.0/0", "Description": "everybody"]],
        ]
    ]

    @Test("the default group lets its members in, and everything out")
    func defaultGroup() throws {
        var stage = CallStage()
        let answer = try stage.call(
            .ec2, "DescribeSecurityGroups", ["Filters": [["Name": "group-name", "Values": ["default"]]]])
        let group = try #require(answer["SecurityGroups"]?[0])
        #expect(group["GroupId"] == .string(stage.world.network.defaultSecurityGroup))
        #expect(group["IpPermissions"]?[0]?["UserIdGroupPairs"]?[0]?["GroupId"] == group["GroupId"])
        #expect(group["IpPermissionsEgress"]?[0]?["IpRanges"]?[0]?["CidrIp"] == "0.0.0.0/0")
    }

    @Test("a group is created, told with its rules, and deleted")
    func lifecycle() throws {
        var stage = CallStage()
        let id = try stage.createGroup("web", tags: [["Key": "team", "Value": "a"]])
        try stage.call(.ec2, "AuthorizeSecurityGroupIngress", ["GroupId": id, "IpPermissions": Self.web])
        try stage.call(
            .ec2, "AuthorizeSecurityGroupIngress",
            ["GroupName": "web", "IpProtocol": "6", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/8"])
        try stage.restart()
        let answer = try stage.call(
            .ec2, "DescribeSecurityGroups",
            [
                "Filters": [
                    ["Name": "tag:team", "Values": ["a"]], ["Name": "ip-permission.cidr", "Values": ["10.*"]],
                ]
            ])
        let group = try #require(answer["SecurityGroups"]?[0])
        #expect(group["IpPermissions"]?.listValue?.count == 1)
        #expect(
            group["IpPermissions"]?[0]?["IpRanges"]?.listValue?.map { $0["CidrIp"] } == ["0.0.0.0/0", "10.0.0.0/8"])
        #expect(group["IpPermissions"]?[0]?["IpRanges"]?[0]?["Description"] == "everybody")
        try stage.call(.ec2, "RevokeSecurityGroupIngress", ["GroupId": id, "IpPermissions": Self.web])
        try stage.call(.ec2, "DeleteSecurityGroup", ["GroupId": id])
        #expect(stage.world.network.securityGroups.count == 2)
    }

    @Test("a rule is revoked by its id")
    func byID() throws {
        var stage = CallStage()
        let id = try stage.createGroup("web")
        let rules = try stage.call(
            .ec2, "AuthorizeSecurityGroupEgress",
            [
                "GroupId": id,
                "IpPermissions": [
                    ["IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "Ipv6Ranges": [["CidrIpv6": "::/0"]]]
                ],
            ])
        let rule = try #require(rules["SecurityGroupRules"]?[0])
        #expect(rule["IsEgress"] == true && rule["CidrIpv6"] == "::/0" && rule["FromPort"] == 53)
        try stage.call(
            .ec2, "RevokeSecurityGroupEgress",
            ["GroupId": id, "SecurityGroupRuleIds": [try #require(rule["SecurityGroupRuleId"])]])
        #expect(stage.world.network.securityGroups[id.stringValue ?? ""]?.rules.count == 1)
    }

    @Test(arguments: [
        RefusedCall(
            "a second of the same name", "CreateSecurityGroup", ["GroupName": "web", "Description": "d"],
            "400 InvalidGroup.Duplicate: The security group 'web' already exists for VPC '$vpc'"),
        RefusedCall(
            "a reserved name", "CreateSecurityGroup", ["GroupName": "default", "Description": "d"],
            "400 InvalidParameterValue: Cannot use reserved security group name: default"),
        RefusedCall(
            "a name like an id", "CreateSecurityGroup", ["GroupName": "sg-web", "Description": "d"],
            "400 InvalidParameterValue: Invalid value 'sg-web' for groupName. Group names may not be in the format sg-*"
        ),
        RefusedCall(
            "no description", "CreateSecurityGroup", ["GroupName": "x", "Description": "d", "VpcId": "vpc-1"],
            "400 InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist"),
        RefusedCall(
            "a rule that is there", "AuthorizeSecurityGroupIngress", ["GroupId": "$web", "IpPermissions": web],
            "400 InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, "
                + "ALLOW\" already exists"),
        RefusedCall(
            "a malformed range", "AuthorizeSecurityGroupIngress",
            ["GroupId": "$web", "IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "CidrIp": "10.0.0.1/8"],
            "400 InvalidParameterValue: CIDR block 10.0.0.1/8 is malformed"),
        RefusedCall(
            "ports upside down", "AuthorizeSecurityGroupIngress",
            ["GroupId": "$web", "IpProtocol": "tcp", "FromPort": 2, "ToPort": 1, "CidrIp": "10.0.0.0/8"],
            "400 InvalidParameterValue: Invalid TCP/UDP port range (2:1)"),
        RefusedCall(
            "no ports", "AuthorizeSecurityGroupIngress",
            ["GroupId": "$web", "IpProtocol": "tcp", "CidrIp": "10.0.0.0/8"],
            "400 InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange."
        ),
        RefusedCall(
            "an unknown protocol", "AuthorizeSecurityGroupIngress",
            ["GroupId": "$web", "IpProtocol": "http", "CidrIp": "10.0.0.0/8"],
            "400 InvalidPermission.Malformed: Unsupported IP protocol \"http\"."),
        RefusedCall(
            "nobody to let in", "AuthorizeSecurityGroupIngress",
            ["GroupId": "$web", "IpProtocol": "tcp", "FromPort": 1, "ToPort": 2],
            "400 MissingParameter: The request must contain the parameter ipPermissions"),
        RefusedCall(
            "an unknown group as peer", "AuthorizeSecurityGroupIngress",
            ["GroupId": "$web", "IpPermissions": [["IpProtocol": "-1", "UserIdGroupPairs": [["GroupId": "sg-1"]]]]],
            "400 InvalidGroup.NotFound: The security group 'sg-1' does not exist"),
        RefusedCall(
            "a rule that is not there", "RevokeSecurityGroupEgress", ["GroupId": "$web", "IpPermissions": web],
            "400 InvalidPermission.NotFound: The specified rule does not exist in this security group."),
        RefusedCall(
            "no group", "AuthorizeSecurityGroupIngress", ["IpPermissions": web],
            "400 MissingParameter: The request must contain the parameter GroupName or GroupId"),
        RefusedCall(
            "the default group cannot be deleted", "DeleteSecurityGroup", ["GroupId": "$default"],
            "400 CannotDelete: the specified group: \"$default\" name: \"default\" cannot be deleted by a user"),
        RefusedCall(
            "a group that others let in", "DeleteSecurityGroup", ["GroupId": "$web"],
            "400 DependencyViolation: resource $web has a dependent object"),
    ])
    func aCallIsRefused(_ refused: RefusedCall) throws {
        var stage = CallStage()
        let web = try stage.createGroup("web")
        try stage.call(.ec2, "AuthorizeSecurityGroupIngress", ["GroupId": web, "IpPermissions": Self.web])
        try stage.call(
            .ec2, "AuthorizeSecurityGroupIngress",
            [
                "GroupId": try stage.createGroup("other"),
                "IpPermissions": [["IpProtocol": "-1", "UserIdGroupPairs": [["GroupId": web]]]],
            ])
        let names = [
            "web": web.stringValue ?? "", "default": stage.world.network.defaultSecurityGroup,
            "vpc": stage.world.network.defaultVPC,
        ]
        var input = refused.input
        if let group = input["GroupId"]?.stringValue, let id = names[String(group.dropFirst())] {
            input["GroupId"] = .string(id)
        }
        let expected = names.reduce(refused.expected) { $0.replacing("$\($1.key)", with: $1.value) }
        #expect(stage.refusal(.ec2, refused.operation, input) == expected)
    }
}

extension CallStage {
    fileprivate mutating func createGroup(_ name: String, tags: AttributeValue? = nil) throws -> AttributeValue {
        var input: AttributeValue = ["GroupName": .string(name), "Description": "for tests"]
        if let tags { input["TagSpecifications"] = [["ResourceType": "security-group", "Tags": tags]] }
        return try #require(try call(.ec2, "CreateSecurityGroup", input)["GroupId"])
    }
}
