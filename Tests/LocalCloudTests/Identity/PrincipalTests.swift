import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct PrincipalTests {
    private static let trust: AttributeValue = .string(
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"#
            + #""Action":"sts:AssumeRole"}]}"#)
    private static let policy: AttributeValue = #"{"Statement":[]}"#

    @Test("a role is made, changed, given policies and deleted")
    func role() throws {
        var stage = CallStage()
        let made = try stage.call(
            .iam, "CreateRole",
            [
                "RoleName": "task", "AssumeRolePolicyDocument": Self.trust, "Path": "/app/",
                "Tags": [["Key": "a", "Value": "1"]],
            ])
        #expect(made["Role"]?["Arn"] == "arn:aws:iam::000000000000:role/app/task")
        #expect(made["Role"]?["AssumeRolePolicyDocument"]?.stringValue?.hasPrefix("%7B%22Version%22") == true)
        try stage.call(.iam, "UpdateRole", ["RoleName": "task", "Description": "d", "MaxSessionDuration": 7200])
        try stage.call(.iam, "TagRole", ["RoleName": "task", "Tags": [["Key": "b", "Value": "2"]]])
        try stage.call(.iam, "UntagRole", ["RoleName": "task", "TagKeys": ["a"]])
        try stage.call(.iam, "UpdateAssumeRolePolicy", ["RoleName": "task", "PolicyDocument": Self.policy])
        let role = try #require(try stage.call(.iam, "GetRole", ["RoleName": "task"])["Role"])
        #expect(role["Description"] == "d" && role["MaxSessionDuration"] == 7200)
        #expect(role["Tags"] == [["Key": "b", "Value": "2"]])
        let arn: AttributeValue = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
        try stage.call(.iam, "AttachRolePolicy", ["RoleName": "task", "PolicyArn": arn])
        try stage.call(.iam, "AttachRolePolicy", ["RoleName": "task", "PolicyArn": arn])
        let attached = try stage.call(.iam, "ListAttachedRolePolicies", ["RoleName": "task"])
        #expect(
            attached["AttachedPolicies"] == [["PolicyName": "AmazonECSTaskExecutionRolePolicy", "PolicyArn": arn]])
        try stage.call(
            .iam, "PutRolePolicy", ["RoleName": "task", "PolicyName": "p", "PolicyDocument": Self.policy])
        #expect(try stage.call(.iam, "ListRolePolicies", ["RoleName": "task"])["PolicyNames"] == ["p"])
        #expect(
            try stage.call(.iam, "GetRolePolicy", ["RoleName": "task", "PolicyName": "p"])["PolicyDocument"]
                == "%7B%22Statement%22%3A%5B%5D%7D")
        try stage.restart()
        try stage.call(.iam, "DeleteRolePolicy", ["RoleName": "task", "PolicyName": "p"])
        try stage.call(.iam, "DetachRolePolicy", ["RoleName": "task", "PolicyArn": arn])
        try stage.call(.iam, "DeleteRole", ["RoleName": "task"])
        #expect(try stage.call(.iam, "ListRoles")["Roles"]?.listValue ?? [] == [])
    }

    @Test("roles are told page by page, of one path where that is asked for")
    func listing() throws {
        var stage = CallStage()
        for (name, path) in [("a", "/x/"), ("b", "/y/"), ("c", "/x/")] {
            try stage.call(
                .iam, "CreateRole",
                ["RoleName": .string(name), "Path": .string(path), "AssumeRolePolicyDocument": Self.trust])
        }
        let first = try stage.call(.iam, "ListRoles", ["MaxItems": 2])
        #expect(first["Roles"]?.listValue?.map { $0["RoleName"] } == ["a", "b"])
        #expect(first["IsTruncated"] == true)
        let second = try stage.call(.iam, "ListRoles", ["Marker": try #require(first["Marker"])])
        #expect(second["Roles"]?.listValue?.map { $0["RoleName"] } == ["c"])
        #expect(second["IsTruncated"] == false)
        let path = try stage.call(.iam, "ListRoles", ["PathPrefix": "/x/"])
        #expect(path["Roles"]?.listValue?.map { $0["RoleName"] } == ["a", "c"])
    }

    @Test("a service's own role is made once, and by its service alone")
    func serviceLinked() throws {
        var stage = CallStage()
        let made = try stage.call(.iam, "CreateServiceLinkedRole", ["AWSServiceName": "ecs.amazonaws.com"])
        #expect(
            made["Role"]?["Arn"]
                == "arn:aws:iam::000000000000:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
        #expect(
            stage.refusal(.iam, "CreateServiceLinkedRole", ["AWSServiceName": "ecs.amazonaws.com"])
                == "400 InvalidInput: Service role name AWSServiceRoleForECS has been taken in this account, please try a "
                + "different suffix.")
        #expect(
            stage.refusal(.iam, "DeleteRole", ["RoleName": "AWSServiceRoleForECS"])
                == "400 UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - "
                + "this role is only modifiable by AWS")
    }

    @Test(arguments: [
        RefusedCall(
            "a role that is there", "CreateRole", ["RoleName": "TASK", "AssumeRolePolicyDocument": trust],
            "409 EntityAlreadyExists: Role with name TASK already exists."),
        RefusedCall(
            "a trust policy that is no JSON", "CreateRole", ["RoleName": "x", "AssumeRolePolicyDocument": "{"],
            "400 MalformedPolicyDocument: This policy contains invalid Json"),
        RefusedCall(
            "a name with other characters", "CreateRole", ["RoleName": "a b", "AssumeRolePolicyDocument": trust],
            "400 ValidationError: The specified value for roleName is invalid. It must contain only alphanumeric "
                + "characters and/or the following: +=,.@_-"),
        RefusedCall(
            "an unknown role", "GetRole", ["RoleName": "x"],
            "404 NoSuchEntity: The role with name x cannot be found."),
        RefusedCall(
            "a role with a policy", "DeleteRole", ["RoleName": "task"],
            "409 DeleteConflict: Cannot delete entity, must delete policies first."),
        RefusedCall(
            "an unknown policy", "AttachRolePolicy",
            ["RoleName": "task", "PolicyArn": "arn:aws:iam::000000000000:policy/mine"],
            "404 NoSuchEntity: Policy arn:aws:iam::000000000000:policy/mine does not exist or is not attachable."),
        RefusedCall(
            "a policy that is not attached", "DetachRolePolicy",
            ["RoleName": "task", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"],
            "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/ReadOnlyAccess was not found."),
        RefusedCall(
            "a policy that the role has not", "GetRolePolicy", ["RoleName": "task", "PolicyName": "x"],
            "404 NoSuchEntity: The role policy with name x cannot be found."),
        RefusedCall(
            "a user with a key", "DeleteUser", ["UserName": "me"],
            "409 DeleteConflict: Cannot delete entity, must delete access keys first."),
        RefusedCall(
            "an unknown user", "ListAccessKeys", ["UserName": "x"],
            "404 NoSuchEntity: The user with name x cannot be found."),
        RefusedCall(
            "an unknown key", "DeleteAccessKey", ["UserName": "me", "AccessKeyId": "AKIA0000000000000000"],
            "404 NoSuchEntity: The Access Key with id AKIA0000000000000000 cannot be found."),
        RefusedCall(
            "a key for nobody", "CreateAccessKey", [:],
            "400 ValidationError: Must specify userName when calling with non-User credentials"),
        RefusedCall(
            "a service without such a role", "CreateServiceLinkedRole", ["AWSServiceName": "x.amazonaws.com"],
            "400 InvalidInput: Service role for x.amazonaws.com is not supported here."),
    ])
    func aCallIsRefused(_ refused: RefusedCall) throws {
        var stage = CallStage()
        try stage.call(.iam, "CreateRole", ["RoleName": "task", "AssumeRolePolicyDocument": Self.trust])
        try stage.call(
            .iam, "PutRolePolicy", ["RoleName": "task", "PolicyName": "p", "PolicyDocument": Self.policy])
        try stage.call(.iam, "CreateUser", ["UserName": "me"])
        try stage.call(.iam, "CreateAccessKey", ["UserName": "me"])
        #expect(stage.refusal(.iam, refused.operation, refused.input) == refused.expected)
    }
}
