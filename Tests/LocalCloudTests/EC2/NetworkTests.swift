import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct NetworkTests {
    @Test("there is a default VPC with a default subnet in each of three zones")
    func defaults() throws {
        var stage = CallStage()
        let vpcs = try stage.call(.ec2, "DescribeVpcs", ["Filters": [["Name": "is-default", "Values": ["true"]]]])
        let vpc = try #require(vpcs["Vpcs"]?[0]?["VpcId"])
        #expect(vpcs["Vpcs"]?[0]?["CidrBlock"] == "127.64.0.0/16")
        let answer = try stage.call(
            .ec2, "DescribeSubnets",
            [
                "Filters": [
                    ["Name": "vpc-id", "Values": [vpc]], ["Name": "default-for-az", "Values": ["true"]],
                ]
            ])
        let subnets = try #require(answer["Subnets"]?.listValue)
        #expect(subnets.map { $0["AvailabilityZone"] } == ["local-1a", "local-1b", "local-1c"])
        #expect(subnets.map { $0["CidrBlock"] } == ["127.64.0.0/20", "127.64.16.0/20", "127.64.32.0/20"])
        #expect(subnets[0]["AvailableIpAddressCount"] == 4091)
        let zones = try stage.call(.ec2, "DescribeAvailabilityZones")
        #expect(
            zones["AvailabilityZones"]?.listValue?.map { $0["ZoneId"] } == ["local1-az1", "local1-az2", "local1-az3"])
        let attributes = try stage.call(
            .ec2, "DescribeAccountAttributes", ["AttributeNames": ["default-vpc"]])
        #expect(attributes["AccountAttributes"]?[0]?["AttributeValues"]?[0]?["AttributeValue"] == vpc)
    }

    @Test("there is another VPC, whose subnets nobody gets who asks for the default ones")
    func another() throws {
        var stage = CallStage()
        let vpcs = try #require(try stage.call(.ec2, "DescribeVpcs")["Vpcs"]?.listValue)
        #expect(vpcs.map { $0["IsDefault"] } == [true, false])
        let answer = try stage.call(
            .ec2, "DescribeSubnets", ["Filters": [["Name": "vpc-id", "Values": [vpcs[1]["VpcId"] ?? .null]]]])
        let subnets = try #require(answer["Subnets"]?.listValue)
        #expect(subnets.map { $0["AvailabilityZone"] } == ["local-1a", "local-1b", "local-1c"])
        #expect(subnets.allSatisfy { $0["DefaultForAz"] == false })
        let group = try stage.call(
            .ec2, "CreateSecurityGroup",
            ["GroupName": "web", "Description": "d", "VpcId": vpcs[1]["VpcId"] ?? .null])
        #expect(group["GroupId"] != nil)
        let named = try stage.call(.ec2, "DescribeSecurityGroups", ["GroupNames": ["default"]])
        #expect(named["SecurityGroups"]?.listValue?.map { $0["VpcId"] } == [vpcs[0]["VpcId"]])
    }

    @Test("what an earlier version kept gets what it did not have")
    func upgrade() throws {
        var network = NetworkState(Account())
        try network.load([])
        #expect(network.subnet(network.vpcs[1].subnets[0].id).map(network.freeAddresses(in:)) == 4091)
    }

    @Test("ids are the same in every cloud of an account")
    func ids() {
        let network = NetworkState(Account())
        #expect(network.defaultVPC == NetworkState(Account()).defaultVPC)
        #expect(network.defaultVPC.count == "vpc-".count + 17)
        #expect(network.defaultVPC != NetworkState(Account(id: "111111111111")).defaultVPC)
        #expect(Set(network.subnets.map(\.id)).count == 3)
    }

    struct Filtering: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var filters: AttributeValue
        var zones: [AttributeValue]
    }

    @Test(arguments: [
        Filtering(
            testDescription: "any of the values will do",
            filters: [["Name": "availability-zone", "Values": ["local-1a", "local-1c"]]],
            zones: ["local-1a", "local-1c"]),
        Filtering(
            testDescription: "all of the filters have to match",
            filters: [
                ["Name": "availability-zone", "Values": ["local-1?"]], ["Name": "cidr-block", "Values": ["*.16.0/20"]],
            ], zones: ["local-1b"]),
        Filtering(
            testDescription: "a tag that nothing has", filters: [["Name": "tag:Name", "Values": ["*"]]], zones: []),
        Filtering(testDescription: "no values match nothing", filters: [["Name": "state", "Values": []]], zones: []),
    ])
    func subnetsAreFiltered(_ filtering: Filtering) throws {
        var stage = CallStage()
        let answer = try stage.call(.ec2, "DescribeSubnets", ["Filters": filtering.filters])
        let found = answer["Subnets"]?.listValue?.filter { $0["DefaultForAz"] == true } ?? []
        #expect(found.compactMap { $0["AvailabilityZone"] } == filtering.zones)
    }

    @Test("a page is followed by the next")
    func pages() throws {
        var stage = CallStage()
        stage.world.network.securityGroups["sg-2"] = SecurityGroupRecord(
            id: "sg-2", name: "other", about: "", vpc: stage.world.network.defaultVPC, firstRule: "sgr-1")
        for index in 3..<9 {
            try stage.call(
                .ec2, "CreateSecurityGroup", ["GroupName": .string("g\(index)"), "Description": "d"])
        }
        let first = try stage.call(.ec2, "DescribeSecurityGroups", ["MaxResults": 5])
        #expect(first["SecurityGroups"]?.listValue?.count == 5)
        let second = try stage.call(
            .ec2, "DescribeSecurityGroups", ["MaxResults": 5, "NextToken": try #require(first["NextToken"])])
        #expect(second["SecurityGroups"]?.listValue?.count == 4)
        #expect(second["NextToken"] == nil)
    }

    @Test(arguments: [
        RefusedCall(
            "an unknown VPC", "DescribeVpcs", ["VpcIds": ["vpc-1"]],
            "400 InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist"),
        RefusedCall(
            "an unknown subnet", "DescribeSubnets", ["SubnetIds": ["subnet-1"]],
            "400 InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist"),
        RefusedCall(
            "an unknown group", "DescribeSecurityGroups", ["GroupIds": ["sg-1"]],
            "400 InvalidGroup.NotFound: The security group 'sg-1' does not exist"),
        RefusedCall(
            "an unknown interface", "DescribeNetworkInterfaces", ["NetworkInterfaceIds": ["eni-1"]],
            "400 InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-1' does not exist"),
        RefusedCall(
            "an unknown filter", "DescribeVpcs", ["Filters": [["Name": "colour", "Values": ["red"]]]],
            "400 InvalidParameterValue: The filter 'colour' is invalid"),
        RefusedCall(
            "an unknown zone", "DescribeAvailabilityZones", ["ZoneNames": ["us-east-1a"]],
            "400 InvalidParameterValue: Invalid availability zone: [us-east-1a]"),
        RefusedCall(
            "a token of nobody", "DescribeSubnets", ["NextToken": "x"],
            "400 InvalidNextToken: The token 'x' is invalid."),
        RefusedCall(
            "ids and pages together", "DescribeSubnets", ["SubnetIds": ["subnet-1"], "MaxResults": 5],
            "400 InvalidParameterCombination: The parameter SubnetIds cannot be used with the parameter MaxResults"),
        RefusedCall(
            "a dry run", "DescribeVpcs", ["DryRun": true],
            "412 DryRunOperation: Request would have succeeded, but DryRun flag is set."),
    ])
    func aCallIsRefused(_ refused: RefusedCall) {
        var stage = CallStage()
        #expect(stage.refusal(.ec2, refused.operation, refused.input) == refused.expected)
    }
}
