import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct GetResourcesTests {
    private static let group = "arn:aws:logs:local-1:000000000000:log-group:"
    private static let parameter = "arn:aws:ssm:local-1:000000000000:parameter/"

    private func stage() throws -> CallStage {
        var stage = CallStage()
        try stage.call(.logs, "CreateLogGroup", ["logGroupName": "a", "tags": ["env": "dev", "team": "x"]])
        try stage.call(.logs, "CreateLogGroup", ["logGroupName": "b", "tags": ["env": "prod"]])
        try stage.call(.logs, "CreateLogGroup", ["logGroupName": "untagged"])
        try stage.call(
            .ssm, "PutParameter",
            ["Name": "p", "Value": "v", "Type": "String", "Tags": [["Key": "env", "Value": "dev"]]])
        return stage
    }

    struct Selection: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var input: AttributeValue
        var arns: [String]

        init(_ testDescription: String, _ input: AttributeValue, _ arns: [String]) {
            self.testDescription = testDescription
            self.input = input
            self.arns = arns
        }
    }

    @Test(arguments: [
        Selection("whatever has tags", [:], [group + "a", group + "b", parameter + "p"]),
        Selection(
            "by a value", ["TagFilters": [["Key": "env", "Values": ["dev"]]]], [group + "a", parameter + "p"]),
        Selection(
            "by any of some values", ["TagFilters": [["Key": "env", "Values": ["dev", "prod"]]]],
            [group + "a", group + "b", parameter + "p"]),
        Selection(
            "by two tags", ["TagFilters": [["Key": "env", "Values": ["dev"]], ["Key": "team"]]], [group + "a"]),
        Selection("by a service", ["ResourceTypeFilters": ["ssm"]], [parameter + "p"]),
        Selection("by a type", ["ResourceTypeFilters": ["logs:log-group"]], [group + "a", group + "b"]),
        Selection("by another type", ["ResourceTypeFilters": ["logs:destination", "ecs:service"]], []),
        Selection(
            "by ARNs", ["ResourceARNList": [.string(group + "b"), .string(group + "untagged")]], [group + "b"]),
    ])
    func selections(_ selection: Selection) throws {
        var stage = try stage()
        let answer = try stage.call(.tagging, "GetResources", selection.input)
        #expect(
            answer["ResourceTagMappingList"]?.listValue?.compactMap { $0["ResourceARN"]?.stringValue } == selection.arns
        )
        #expect(answer["PaginationToken"] == "")
    }

    @Test("a page is followed by the next")
    func pages() throws {
        var stage = try stage()
        let first = try stage.call(.tagging, "GetResources", ["ResourcesPerPage": 2])
        #expect(first["ResourceTagMappingList"]?.listValue?.count == 2)
        let second = try stage.call(
            .tagging, "GetResources", ["PaginationToken": try #require(first["PaginationToken"])])
        #expect(second["ResourceTagMappingList"]?.listValue?.count == 1)
    }

    @Test(
        "a resource is of its service, and of its type with what stands behind it",
        arguments: [
            ("elasticloadbalancing:loadbalancer", true), ("elasticloadbalancing:loadbalancer/app", true),
            ("elasticloadbalancing", true), ("elasticloadbalancing:load", false), ("ecs", false),
        ])
    func types(_ type: String, _ isOfIt: Bool) {
        let resource = TaggedResource(
            arn: "arn:aws:elasticloadbalancing:local-1:000000000000:loadbalancer/app/web/50dc6c495c0c9188", tags: [:])
        #expect(resource.isOf(type: type) == isOfIt)
    }

    @Test(arguments: [
        RefusedCall(
            "too many on a page", "GetResources", ["ResourcesPerPage": 101],
            "400 InvalidParameterException: ResourcesPerPage must be between 1 and 100."),
        RefusedCall(
            "a token of nobody", "GetResources", ["PaginationToken": "x"],
            "400 InvalidParameterException: The PaginationToken is not valid."),
        RefusedCall(
            "ARNs and filters", "GetResources", ["ResourceARNList": ["a"], "ResourceTypeFilters": ["ecs"]],
            "400 InvalidParameterException: ResourceARNList cannot be combined with TagFilters or ResourceTypeFilters."),
        RefusedCall(
            "a filter without a key", "GetResources", ["TagFilters": [["Values": ["a"]]]],
            "400 InvalidParameterException: A tag filter needs a Key."),
    ])
    func aCallIsRefused(_ refused: RefusedCall) throws {
        var stage = try stage()
        #expect(stage.refusal(.tagging, refused.operation, refused.input) == refused.expected)
    }
}
