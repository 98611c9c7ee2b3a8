import AttributeTree
import TestBackends
import TestSupport
import Testing

extension EndToEndTests {
    /// What AWS documents of the services beside ECS and ELBv2, in what boto3 is answered.
    @Suite(PythonPrograms.areInstalled(), TestData.isPresent())
    struct DocumentedAnswerTests {
        @Test("answers have the members of AWS's examples")
        func members() async throws {
            try await BotoStage.with { stage in
                let ours = try await answers(stage)
                let examples = try AttributeValue(json: [UInt8](TestData.load("api-examples.json"))).listValue ?? []
                var compared: Set<String> = []
                for example in examples where example["kind"] == "output" && example["valid"] == true {
                    let name = "\(example["service"]?.stringValue ?? "") \(example["op"]?.stringValue ?? "")"
                    guard let answer = ours[name], let documented = example["json"] else { continue }
                    let missing = documented.members.subtracting(answer.members).subtracting(beyond)
                    #expect(missing.isEmpty, "\(name): \(example["id"]?.stringValue ?? "")")
                    compared.insert(name)
                }
                #expect(compared == Set(ours.keys))
            }
        }
    }
}

/// What is not imitated: prefix lists as sources of traffic, tags of the default network, and policies of sessions.
private let beyond: Set<String> = [
    "SecurityGroupRules[].PrefixListId", "Vpcs[].Tags[].Key", "Vpcs[].Tags[].Value", "Subnets[].Tags[].Key",
    "Subnets[].Tags[].Value", "PackedPolicySize",
]

private let trust: AttributeValue = #"""
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}
    """#
private let permission: AttributeValue = #"""
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
    """#

/// Of each operation that there are examples of.
private func answers(_ stage: BotoStage) async throws -> [String: AttributeValue] {
    let boto3 = stage.boto3
    let group = try await boto3("ec2", "create_security_group", ["GroupName": "web", "Description": "of the web"])
    let role = try await boto3(
        "iam", "create_role",
        ["RoleName": "task", "AssumeRolePolicyDocument": trust, "Tags": [["Key": "team", "Value": "blue"]]])["Role"]
    let name: AttributeValue = ["RoleName": "task"]
    let policy: AttributeValue = ["PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"]
    try await boto3("iam", "attach_role_policy", name.but(["PolicyArn": policy["PolicyArn"]]))
    try await boto3("iam", "put_role_policy", name.but(["PolicyName": "own", "PolicyDocument": permission]))
    try await boto3("logs", "create_log_group", ["logGroupName": "/web"])
    try await boto3("logs", "put_retention_policy", ["logGroupName": "/web", "retentionInDays": 7])
    try await boto3("logs", "create_log_stream", ["logGroupName": "/web", "logStreamName": "one"])
    return [
        "ec2 CreateSecurityGroup": group,
        "ec2 AuthorizeSecurityGroupIngress": try await boto3(
            "ec2", "authorize_security_group_ingress", ingress(group["GroupId"] ?? .null)),
        "ec2 DescribeAccountAttributes": try await boto3("ec2", "describe_account_attributes"),
        "ec2 DescribeAvailabilityZones": try await boto3("ec2", "describe_availability_zones"),
        "ec2 DescribeSubnets": try await boto3("ec2", "describe_subnets"),
        "ec2 DescribeVpcs": try await boto3("ec2", "describe_vpcs"),
        "iam ListAttachedRolePolicies": try await boto3("iam", "list_attached_role_policies", name),
        "iam ListRolePolicies": try await boto3("iam", "list_role_policies", name),
        "iam ListRoleTags": try await boto3("iam", "list_role_tags", name),
        "logs DescribeLogGroups": try await boto3("logs", "describe_log_groups"),
        "logs DescribeLogStreams": try await boto3("logs", "describe_log_streams", ["logGroupName": "/web"]),
        "sts AssumeRole": try await boto3(
            "sts", "assume_role",
            ["RoleArn": role?["Arn"] ?? .null, "RoleSessionName": "a-session"]),
        "sts GetCallerIdentity": try await boto3("sts", "get_caller_identity"),
    ]
}

/// A rule from each kind of source.
private func ingress(_ group: AttributeValue) -> AttributeValue {
    let about: AttributeValue = "what comes in"
    return [
        "GroupId": group,
        "IpPermissions": [
            [
                "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
                "IpRanges": [["CidrIp": "203.0.113.0/24", "Description": about]],
                "Ipv6Ranges": [["CidrIpv6": "2001:db8::/64"]], "UserIdGroupPairs": [["GroupId": group]],
            ]
        ],
    ]
}

extension AttributeValue {
    /// The paths of all members in it, as in `Vpcs[].State`.
    fileprivate var members: Set<String> {
        switch self {
        case .map(let members):
            members.reduce(into: []) { paths, member in
                paths.insert(member.key)
                let below = member.value.members
                paths.formUnion(below.map { $0.hasPrefix("[]") ? member.key + $0 : "\(member.key).\($0)" })
            }
        case .list(let elements): elements.reduce(into: []) { $0.formUnion($1.members.map { "[].\($0)" }) }
        case .null, .bool, .int, .number, .string: []
        }
    }
}
