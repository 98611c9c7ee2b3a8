import AttributeTree
import SigV4
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct KeyTests {
    @Test("a user signs with a key until it is made inactive or deleted")
    func userKeys() throws {
        var stage = CallStage()
        try stage.call(.iam, "CreateUser", ["UserName": "me"])
        let key = try #require(try stage.call(.iam, "CreateAccessKey", ["UserName": "me"])["AccessKey"])
        let id = try #require(key["AccessKeyId"]?.stringValue)
        try stage.restart()
        #expect(stage.world.credentials(of: id)?.secretAccessKey == key["SecretAccessKey"]?.stringValue)
        #expect(stage.world.caller(of: id)?.arn == "arn:aws:iam::000000000000:user/me")
        #expect(stage.world.expiry(of: id) == nil)

        stage.caller = try #require(stage.world.caller(of: id))
        #expect(try stage.call(.iam, "GetUser")["User"]?["UserName"] == "me")
        #expect(try stage.call(.iam, "ListAccessKeys")["AccessKeyMetadata"]?[0]?["Status"] == "Active")
        try stage.call(.iam, "CreateAccessKey")
        #expect(
            stage.refusal(.iam, "CreateAccessKey") == "409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2")
        try stage.call(.iam, "UpdateAccessKey", ["AccessKeyId": .string(id), "Status": "Inactive"])
        #expect(stage.world.credentials(of: id) == nil)
        try stage.call(.iam, "DeleteAccessKey", ["AccessKeyId": .string(id)])
        #expect(stage.world.caller(of: id) == nil)
    }

    @Test("a session of a role has a key with a token that expires")
    func roleSession() throws {
        var stage = CallStage()
        try stage.call(
            .iam, "CreateRole", ["RoleName": "deploy", "AssumeRolePolicyDocument": #"{"Statement":[]}"#])
        let arn: AttributeValue = "arn:aws:iam::000000000000:role/deploy"
        let answer = try stage.call(
            .sts, "AssumeRole", ["RoleArn": arn, "RoleSessionName": "ci", "DurationSeconds": 900])
        #expect(answer["AssumedRoleUser"]?["Arn"] == "arn:aws:sts::000000000000:assumed-role/deploy/ci")
        let id = try #require(answer["Credentials"]?["AccessKeyId"]?.stringValue)
        #expect(id.hasPrefix("ASIA"))
        let credentials = try #require(stage.world.credentials(of: id))
        #expect(credentials.sessionToken == answer["Credentials"]?["SessionToken"]?.stringValue)
        #expect(stage.world.expiry(of: id) == stage.now + 900)

        stage.caller = try #require(stage.world.caller(of: id))
        let identity = try stage.call(.sts, "GetCallerIdentity")
        #expect(identity["Arn"] == "arn:aws:sts::000000000000:assumed-role/deploy/ci")
        #expect(identity["UserId"]?.stringValue?.hasSuffix(":ci") == true)
        #expect(identity["Account"] == "000000000000")
        #expect(
            stage.refusal(.sts, "GetSessionToken")
                == "403 AccessDenied: Cannot call GetSessionToken with session credentials")
    }

    @Test("a session of one's own is the same caller; long after it has expired it is forgotten")
    func ownSession() throws {
        var stage = CallStage()
        let answer = try stage.call(.sts, "GetSessionToken")
        let id = try #require(answer["Credentials"]?["AccessKeyId"]?.stringValue)
        #expect(stage.world.caller(of: id)?.arn == stage.caller.arn)
        #expect(answer["Credentials"]?["Expiration"] == .int(1_700_043_200))
        stage.now = stage.now + 43200 + 7200
        try stage.call(.sts, "GetSessionToken")
        #expect(stage.world.credentials(of: id) == nil)
    }

    @Test(arguments: [
        RefusedCall(
            "a role that is not there", "AssumeRole",
            ["RoleArn": "arn:aws:iam::000000000000:role/x", "RoleSessionName": "ci"],
            "403 AccessDenied: User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on "
                + "resource: arn:aws:iam::000000000000:role/x"),
        RefusedCall(
            "a session longer than the role's", "AssumeRole",
            ["RoleArn": "arn:aws:iam::000000000000:role/deploy", "RoleSessionName": "ci", "DurationSeconds": 7200],
            "400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
        RefusedCall(
            "a token of another provider", "AssumeRoleWithWebIdentity",
            [
                "RoleArn": "arn:aws:iam::000000000000:role/deploy", "RoleSessionName": "ci",
                "WebIdentityToken": "token",
            ], "400 InvalidIdentityToken: No OpenIDConnect provider found in your account for this token"),
    ])
    func aSessionIsRefused(_ refused: RefusedCall) throws {
        var stage = CallStage()
        try stage.call(
            .iam, "CreateRole", ["RoleName": "deploy", "AssumeRolePolicyDocument": #"{"Statement":[]}"#])
        #expect(stage.refusal(.sts, refused.operation, refused.input) == refused.expected)
    }
}
