import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct SecretTests {
    @Test("a new value becomes the current one, and what was current the previous")
    func stages() throws {
        var stage = CallStage()
        let created = try stage.call(.secretsManager, "CreateSecret", ["Name": "db", "SecretString": "one"])
        let arn = try #require(created["ARN"]?.stringValue)
        #expect(arn.hasPrefix("arn:aws:secretsmanager:local-1:000000000000:secret:db-"))
        try stage.call(.secretsManager, "PutSecretValue", ["SecretId": "db", "SecretString": "two"])
        try stage.call(.secretsManager, "UpdateSecret", ["SecretId": .string(arn), "SecretString": "three"])
        try stage.restart()
        func value(_ stageName: AttributeValue?) throws -> AttributeValue? {
            var input: AttributeValue = ["SecretId": .string(String(arn.dropLast(7)))]
            input["VersionStage"] = stageName
            return try stage.call(.secretsManager, "GetSecretValue", input)["SecretString"]
        }
        #expect(try value(nil) == "three")
        #expect(try value("AWSPREVIOUS") == "two")
        let described = try stage.call(.secretsManager, "DescribeSecret", ["SecretId": "db"])
        #expect(described["VersionIdsToStages"]?.mapValue?.count == 2)
    }

    @Test("the same version twice is one")
    func idempotent() throws {
        var stage = CallStage()
        try stage.call(.secretsManager, "CreateSecret", ["Name": "db"])
        let token: AttributeValue = "00000000-0000-0000-0000-000000000001"
        let put: AttributeValue = ["SecretId": "db", "SecretString": "a", "ClientRequestToken": token]
        #expect(try stage.call(.secretsManager, "PutSecretValue", put)["VersionId"] == token)
        #expect(try stage.call(.secretsManager, "PutSecretValue", put)["VersionId"] == token)
        var other = put
        other["SecretString"] = "b"
        #expect(stage.refusal(.secretsManager, "PutSecretValue", other).hasPrefix("400 ResourceExistsException: "))
    }

    @Test("a deleted secret can be restored in its time, unless it was deleted by force")
    func deletion() throws {
        var stage = CallStage()
        try stage.call(.secretsManager, "CreateSecret", ["Name": "db", "SecretString": "one"])
        let deleted = try stage.call(
            .secretsManager, "DeleteSecret", ["SecretId": "db", "RecoveryWindowInDays": 7])
        #expect(deleted["DeletionDate"] == .int(1_700_000_000 + 7 * 86400))
        #expect(
            stage.refusal(.secretsManager, "GetSecretValue", ["SecretId": "db"])
                == "400 InvalidRequestException: You can't perform this operation on the secret because it was marked for "
                + "deletion.")
        #expect(try stage.call(.secretsManager, "ListSecrets")["SecretList"] == [])
        try stage.call(.secretsManager, "RestoreSecret", ["SecretId": "db"])
        #expect(try stage.call(.secretsManager, "ListSecrets")["SecretList"]?[0]?["Name"] == "db")
        try stage.call(.secretsManager, "DeleteSecret", ["SecretId": "db"])
        stage.now = stage.now + 31 * 86400
        try stage.call(.secretsManager, "CreateSecret", ["Name": "db", "SecretString": "again"])
        try stage.call(
            .secretsManager, "DeleteSecret", ["SecretId": "db", "ForceDeleteWithoutRecovery": true])
        #expect(stage.world.parameters.secrets.isEmpty)
    }

    @Test(arguments: [
        RefusedCall(
            "an unknown secret", "GetSecretValue", ["SecretId": "x"],
            "400 ResourceNotFoundException: Secrets Manager can't find the specified secret."),
        RefusedCall(
            "an unknown stage", "GetSecretValue", ["SecretId": "db", "VersionStage": "next"],
            "400 ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: next"
        ),
        RefusedCall(
            "a secret that is there", "CreateSecret", ["Name": "db"],
            "400 ResourceExistsException: The operation failed because the secret db already exists."),
        RefusedCall(
            "no value", "PutSecretValue", ["SecretId": "db"],
            "400 InvalidRequestException: You must provide either SecretString or SecretBinary."),
        RefusedCall(
            "two values", "PutSecretValue", ["SecretId": "db", "SecretString": "a", "SecretBinary": "YQ=="],
            "400 InvalidParameterException: You can't specify both a binary secret value and a string secret value."),
        RefusedCall(
            "a window by force", "DeleteSecret",
            ["SecretId": "db", "ForceDeleteWithoutRecovery": true, "RecoveryWindowInDays": 7],
            "400 InvalidParameterException: You can't use ForceDeleteWithoutRecovery in conjunction with "
                + "RecoveryWindowInDays."),
        RefusedCall(
            "a window that is too short", "DeleteSecret", ["SecretId": "db", "RecoveryWindowInDays": 1],
            "400 InvalidParameterException: The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."),
    ])
    func aCallIsRefused(_ refused: RefusedCall) throws {
        var stage = CallStage()
        try stage.call(.secretsManager, "CreateSecret", ["Name": "db", "SecretString": "one"])
        #expect(stage.refusal(.secretsManager, refused.operation, refused.input) == refused.expected)
    }

    @Test(
        "what a container's secret refers to",
        arguments: [
            ("/app/url", "http://one"), ("name", "plain"), ("arn:aws:ssm:local-1:000000000000:parameter/name", "plain"),
            ("arn:aws:ssm:local-1:000000000000:parameter/app/url", "http://one"),
            ("$db", #"{"user":"me","port":5432}"#),
            ("$db:user::", "me"), ("$db:port::", "5432"), ("$db:user:AWSCURRENT:", "me"), ("$db::AWSPREVIOUS:", "old"),
            ("$db:missing::", nil), ("$db:user:next:", nil), ("$db:user", nil), ("nothing", nil),
            ("arn:aws:secretsmanager:local-1:000000000000:secret:x-123456", nil),
        ])
    func references(_ reference: String, _ expected: String?) throws {
        var stage = CallStage()
        try stage.call(.ssm, "PutParameter", ["Name": "/app/url", "Value": "http://one", "Type": "String"])
        try stage.call(.ssm, "PutParameter", ["Name": "name", "Value": "plain", "Type": "SecureString"])
        let secret = try stage.call(.secretsManager, "CreateSecret", ["Name": "db", "SecretString": "old"])
        try stage.call(
            .secretsManager, "PutSecretValue",
            ["SecretId": "db", "SecretString": #"{"user":"me","port":5432}"#])
        let resolved = reference.replacing("$db", with: secret["ARN"]?.stringValue ?? "")
        #expect(stage.world.secretValue(resolved) == expected)
    }
}
