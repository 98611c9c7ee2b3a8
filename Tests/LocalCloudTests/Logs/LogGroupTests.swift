import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct LogGroupTests {
    @Test("groups are told in the order of their names, by a beginning or a part of them")
    func listing() throws {
        var stage = CallStage()
        for name in ["/ecs/web", "/ecs/api", "/other"] {
            try stage.call(.logs, "CreateLogGroup", ["logGroupName": .string(name)])
        }
        func names(_ input: AttributeValue) throws -> [AttributeValue?] {
            try stage.call(.logs, "DescribeLogGroups", input)["logGroups"]?.listValue?.map { $0["logGroupName"] } ?? []
        }
        #expect(try names([:]) == ["/ecs/api", "/ecs/web", "/other"])
        #expect(try names(["logGroupNamePrefix": "/ecs"]) == ["/ecs/api", "/ecs/web"])
        #expect(try names(["logGroupNamePattern": "the"]) == ["/other"])
        let page = try stage.call(.logs, "DescribeLogGroups", ["limit": 2])
        #expect(try names(["limit": 2, "nextToken": try #require(page["nextToken"])]) == ["/other"])
    }

    @Test("a group has a retention and tags, and loses them")
    func settings() throws {
        var stage = CallStage()
        try stage.call(.logs, "CreateLogGroup", ["logGroupName": "g", "tags": ["a": "1"]])
        try stage.call(.logs, "PutRetentionPolicy", ["logGroupName": "g", "retentionInDays": 7])
        func group() throws -> AttributeValue? {
            try stage.call(.logs, "DescribeLogGroups")["logGroups"]?[0]
        }
        let arn = try #require(try group()?["logGroupArn"])
        #expect(arn == "arn:aws:logs:local-1:000000000000:log-group:g")
        #expect(try group()?["arn"] == "arn:aws:logs:local-1:000000000000:log-group:g:*")
        #expect(try group()?["retentionInDays"] == 7)
        try stage.call(.logs, "DeleteRetentionPolicy", ["logGroupName": "g"])
        #expect(try group()?["retentionInDays"] == nil)
        try stage.call(.logs, "TagResource", ["resourceArn": arn, "tags": ["b": "2"]])
        try stage.call(.logs, "UntagResource", ["resourceArn": arn, "tagKeys": ["a"]])
        #expect(try stage.call(.logs, "ListTagsForResource", ["resourceArn": arn])["tags"] == ["b": "2"])
    }

    @Test("streams are told by name, or by their last event")
    func streams() throws {
        var stage = CallStage()
        try stage.call(.logs, "CreateLogGroup", ["logGroupName": "g"])
        for (name, time) in [("web/a", 3.0), ("web/b", 1.0), ("api/c", 2.0)] {
            stage.world.appendLog(group: "g", stream: name, line: "hello", at: stage.now + time)
        }
        func names(_ input: AttributeValue) throws -> [AttributeValue?] {
            var all: AttributeValue = ["logGroupName": "g"]
            for (member, value) in input.mapValue ?? [:] { all[member] = value }
            return try stage.call(.logs, "DescribeLogStreams", all)["logStreams"]?.listValue?.map {
                $0["logStreamName"]
            } ?? []
        }
        #expect(try names([:]) == ["api/c", "web/a", "web/b"])
        #expect(try names(["logStreamNamePrefix": "web/", "descending": true]) == ["web/b", "web/a"])
        #expect(try names(["orderBy": "LastEventTime", "descending": true, "limit": 1]) == ["web/a"])
        try stage.call(.logs, "DeleteLogStream", ["logGroupName": "g", "logStreamName": "api/c"])
        #expect(try names([:]) == ["web/a", "web/b"])
        try stage.call(.logs, "DeleteLogGroup", ["logGroupName": "g"])
        #expect(!stage.world.hasLogGroup("g"))
    }

    @Test("a container's lines make their stream, and their group only where that is asked for")
    func appending() throws {
        var stage = CallStage()
        stage.world.appendLog(group: "g", stream: "s", line: "lost", at: stage.now, createsGroup: false)
        #expect(!stage.world.hasLogGroup("g"))
        stage.world.appendLog(group: "g", stream: "s", line: "kept", at: stage.now)
        try stage.restart()
        let events = try stage.call(.logs, "GetLogEvents", ["logGroupName": "g", "logStreamName": "s"])["events"]
        #expect(events?.listValue?.map { $0["message"] } == ["kept"])
    }

    @Test("a stream keeps its newest ten thousand events")
    func bounds() throws {
        var world = World(account: Account())
        for index in 0..<10_250 {
            world.appendLog(group: "g", stream: "s", line: "\(index)", at: Moment(Double(index)))
        }
        let events = world.logs.events(of: try #require(world.logs.stream("s", of: "g")))
        #expect(events.count <= 10_000 && events.count > 9_900)
        #expect(events.last?.message == "10249")
        #expect(world.logs.stream("s", of: "g")?.firstEventAt == 0)
    }

    @Test(arguments: [
        RefusedCall(
            "a group that is there", "CreateLogGroup", ["logGroupName": "g"],
            "400 ResourceAlreadyExistsException: The specified log group already exists"),
        RefusedCall(
            "a name with other characters", "CreateLogGroup", ["logGroupName": "a b"],
            "400 InvalidParameterException: 1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy "
                + #"constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+"#),
        RefusedCall(
            "an unknown group", "DeleteLogGroup", ["logGroupName": "x"],
            "400 ResourceNotFoundException: The specified log group does not exist."),
        RefusedCall(
            "a stream that is there", "CreateLogStream", ["logGroupName": "g", "logStreamName": "s"],
            "400 ResourceAlreadyExistsException: The specified log stream already exists"),
        RefusedCall(
            "a stream with a colon", "CreateLogStream", ["logGroupName": "g", "logStreamName": "a:b"],
            "400 InvalidParameterException: 1 validation error detected: Value 'a:b' at 'logStreamName' failed to satisfy "
                + "constraint: Member must satisfy regular expression pattern: [^:*]*"),
        RefusedCall(
            "an unknown stream", "GetLogEvents", ["logGroupName": "g", "logStreamName": "x"],
            "400 ResourceNotFoundException: The specified log stream does not exist."),
        RefusedCall(
            "a beginning and a part of a name", "DescribeLogGroups",
            ["logGroupNamePrefix": "a", "logGroupNamePattern": "b"],
            "400 InvalidParameterException: LogGroup name prefix and LogGroup name pattern are mutually exclusive "
                + "parameters."),
        RefusedCall(
            "an order that does not go with a prefix", "DescribeLogStreams",
            ["logGroupName": "g", "orderBy": "LastEventTime", "logStreamNamePrefix": "s"],
            "400 InvalidParameterException: Cannot order by LastEventTime with a logStreamNamePrefix."),
        RefusedCall(
            "no group", "DescribeLogStreams", [:],
            "400 InvalidParameterException: Either logGroupName or logGroupIdentifier must be specified."),
        RefusedCall(
            "a token of nobody", "GetLogEvents", ["logGroupName": "g", "logStreamName": "s", "nextToken": "f/1"],
            "400 InvalidParameterException: The specified nextToken is invalid."),
        RefusedCall(
            "a pattern that ends too early", "FilterLogEvents", ["logGroupName": "g", "filterPattern": "\"a"],
            "400 InvalidParameterException: Invalid filter pattern"),
        RefusedCall(
            "events that are not in order", "PutLogEvents",
            [
                "logGroupName": "g", "logStreamName": "s",
                "logEvents": [["timestamp": 2, "message": "a"], ["timestamp": 1, "message": "b"]],
            ],
            "400 InvalidParameterException: Log events in a single PutLogEvents request must be in chronological order."
        ),
        RefusedCall(
            "events of more than a day", "PutLogEvents",
            [
                "logGroupName": "g", "logStreamName": "s",
                "logEvents": [["timestamp": 1, "message": "a"], ["timestamp": 86_400_002, "message": "b"]],
            ],
            "400 InvalidParameterException: The batch of log events in a single PutLogEvents request cannot span more "
                + "than 24 hours."),
    ])
    func aCallIsRefused(_ refused: RefusedCall) throws {
        var stage = CallStage()
        stage.world.appendLog(group: "g", stream: "s", line: "hello", at: stage.now)
        #expect(stage.refusal(.logs, refused.operation, refused.input) == refused.expected)
    }

    @Test("a retention that AWS does not have is refused")
    func retention() throws {
        var stage = CallStage()
        try stage.call(.logs, "CreateLogGroup", ["logGroupName": "g"])
        let refusal = stage.refusal(.logs, "PutRetentionPolicy", ["logGroupName": "g", "retentionInDays": 2])
        #expect(refusal.hasPrefix("400 InvalidParameterException: 1 validation error detected: Value '2' at"))
    }
}
