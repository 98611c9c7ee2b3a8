import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ParameterTests {
    @Test("a parameter has versions, of which the newest is told unless another is asked for")
    func versions() throws {
        var stage = CallStage()
        let first = try stage.call(
            .ssm, "PutParameter", ["Name": "/app/url", "Value": "http://one", "Type": "String"])
        #expect(first == ["Version": 1, "Tier": "Standard"])
        try stage.call(.ssm, "PutParameter", ["Name": "/app/url", "Value": "http://two", "Overwrite": true])
        try stage.restart()
        func value(_ name: AttributeValue) throws -> AttributeValue? {
            try stage.call(.ssm, "GetParameter", ["Name": name])["Parameter"]
        }
        #expect(try value("/app/url")?["Value"] == "http://two")
        #expect(try value("/app/url")?["Type"] == "String")
        #expect(try value("/app/url:1")?["Value"] == "http://one")
        #expect(try value("/app/url:1")?["Selector"] == ":1")
        #expect(try value("arn:aws:ssm:local-1:000000000000:parameter/app/url")?["Version"] == 2)
    }

    @Test("a secure string is told in clear only where that is asked for")
    func secure() throws {
        var stage = CallStage()
        try stage.call(.ssm, "PutParameter", ["Name": "key", "Value": "hidden", "Type": "SecureString"])
        let plain = try stage.call(.ssm, "GetParameter", ["Name": "key", "WithDecryption": true])
        #expect(plain["Parameter"]?["Value"] == "hidden")
        let other = try stage.call(.ssm, "GetParameter", ["Name": "key"])
        #expect(other["Parameter"]?["Value"]?.stringValue?.contains("hidden") == false)
    }

    @Test("parameters are found by name, path and filter, and deleted")
    func finding() throws {
        var stage = CallStage()
        for name in ["/app/a", "/app/b", "/app/x/c", "other"] {
            try stage.call(.ssm, "PutParameter", ["Name": .string(name), "Value": "v", "Type": "String"])
        }
        func names(_ answer: AttributeValue) -> [AttributeValue?] {
            (answer["Parameters"]?.listValue ?? []).map { $0["Name"] }
        }
        #expect(names(try stage.call(.ssm, "GetParametersByPath", ["Path": "/app"])) == ["/app/a", "/app/b"])
        #expect(
            names(try stage.call(.ssm, "GetParametersByPath", ["Path": "/app", "Recursive": true]))
                == ["/app/a", "/app/b", "/app/x/c"])
        let several = try stage.call(.ssm, "GetParameters", ["Names": ["other", "missing"]])
        #expect(names(several) == ["other"] && several["InvalidParameters"] == ["missing"])
        let described = try stage.call(
            .ssm, "DescribeParameters",
            ["ParameterFilters": [["Key": "Name", "Option": "BeginsWith", "Values": ["/app/x"]]]])
        #expect(names(described) == ["/app/x/c"])
        #expect(
            try stage.call(.ssm, "DeleteParameters", ["Names": ["/app/a", "missing"]])
                == ["DeletedParameters": ["/app/a"], "InvalidParameters": ["missing"]])
        try stage.call(.ssm, "DeleteParameter", ["Name": "/app/b"])
        #expect(stage.world.parameters.parameters.count == 2)
    }

    @Test(arguments: [
        RefusedCall(
            "a parameter that is there", "PutParameter", ["Name": "a", "Value": "v", "Type": "String"],
            "400 ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option "
                + "in the request to true."),
        RefusedCall(
            "no type", "PutParameter", ["Name": "b", "Value": "v"],
            "400 ValidationException: A parameter type is required when you create a parameter."),
        RefusedCall(
            "a path without its first slash", "PutParameter", ["Name": "b/c", "Value": "v", "Type": "String"],
            "400 ValidationException: Parameter name must be a fully qualified name."),
        RefusedCall(
            "an unknown parameter", "GetParameter", ["Name": "x"],
            "400 ParameterNotFound: Parameter x not found."),
        RefusedCall(
            "an unknown version", "GetParameter", ["Name": "a:7"],
            "400 ParameterVersionNotFound: Systems Manager could not find version 7 of a. Verify the version and try "
                + "again."),
        RefusedCall(
            "nothing to delete", "DeleteParameter", ["Name": "x"],
            "400 ParameterNotFound: Parameter x not found."),
        RefusedCall(
            "an unknown filter", "DescribeParameters", ["ParameterFilters": [["Key": "Colour", "Values": ["red"]]]],
            "400 InvalidFilterKey: The specified key isn't valid."),
    ])
    func aCallIsRefused(_ refused: RefusedCall) throws {
        var stage = CallStage()
        try stage.call(.ssm, "PutParameter", ["Name": "a", "Value": "v", "Type": "String"])
        #expect(stage.refusal(.ssm, refused.operation, refused.input) == refused.expected)
    }
}
