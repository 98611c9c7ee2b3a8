import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct BalancingTagTests {
    private static let all: AttributeValue = ["$lb", "$tg", "$listener", "$rule", "$default"]

    @Test("resources of all kinds are tagged and described in one call")
    func tags() throws {
        var stage = try BalancingStage.web()
        try stage.call(
            "AddTags",
            ["ResourceArns": Self.all, "Tags": [["Key": "stage", "Value": "test"], ["Key": "empty", "Value": ""]]])
        try stage.call("AddTags", ["ResourceArns": ["$tg"], "Tags": [["Key": "stage", "Value": "live"]]])
        try stage.call("RemoveTags", ["ResourceArns": Self.all, "TagKeys": ["empty", "unknown"]])
        let described = try stage.call("DescribeTags", ["ResourceArns": Self.all])["TagDescriptions"]?.listValue
        #expect(described?.map { $0["ResourceArn"] } == stage.resolved(Self.all).listValue)
        #expect(
            described?.map { $0["Tags"]?[0]?["Value"] } == ["test", "live", "test", "test", "test"])
        #expect(stage.world.balancing.brokenInvariants == [])
    }

    @Test("tags of a creation are there")
    func creation() throws {
        var stage = BalancingStage()
        var input = BalancingStage.group("web")
        input["Tags"] = [["Key": "owner", "Value": "me"]]
        try stage.call("CreateTargetGroup", input, noting: "tg")
        let described = try stage.call("DescribeTags", ["ResourceArns": ["$tg"]])
        #expect(described["TagDescriptions"]?[0]?["Tags"] == [["Key": "owner", "Value": "me"]])
    }

    @Test(arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        var stage = try BalancingStage.web()
        #expect(stage.refusal(refusal.operation, refusal.input) == refusal.expected)
    }

    private static func adding(_ tags: AttributeValue) -> AttributeValue {
        ["ResourceArns": ["$lb"], "Tags": tags]
    }

    static let refusals: [Refusal] = [
        Refusal(
            "21 resources", "DescribeTags", ["ResourceArns": .list(Array(repeating: "$lb", count: 21))],
            "ValidationError: The number of resource ARNs '21' exceeds the limit of '20'"),
        Refusal(
            "what is no ARN", "DescribeTags", ["ResourceArns": ["web"]],
            "ValidationError: 'web' is not a valid resource ARN"),
        Refusal(
            "one that is not there", "DescribeTags",
            ["ResourceArns": ["$lb", "arn:aws:elasticloadbalancing:local-1:000000000000:listener/app/web/1/2"]],
            "ListenerNotFound: One or more listeners not found"),
        Refusal(
            "a key twice", "AddTags", adding([["Key": "a", "Value": "1"], ["Key": "a", "Value": "2"]]),
            "DuplicateTagKeys: Tag key was specified more than once: a"),
        Refusal(
            "AWS's own", "AddTags", adding([["Key": "aws:owner", "Value": "1"]]),
            "ValidationError: Tag key 'aws:owner' cannot begin with 'aws:', which is reserved for use by AWS"),
        Refusal(
            "a key with a semicolon", "AddTags", adding([["Key": "a;b", "Value": "1"]]),
            "ValidationError: 'a;b' contains characters that are not allowed in tags"),
        Refusal(
            "51 tags", "AddTags", adding(.list((1...51).map { ["Key": .string("key\($0)"), "Value": ""] })),
            "TooManyTags: The limit of '50' tags per resource has been reached"),
    ]
}
