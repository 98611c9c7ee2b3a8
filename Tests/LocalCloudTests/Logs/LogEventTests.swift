import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct LogEventTests {
    /// A stream with the lines `1` to `9`, a second apart.
    private func stage() -> CallStage {
        var stage = CallStage()
        for index in 1...9 {
            stage.world.appendLog(group: "g", stream: "s", line: "\(index)", at: stage.now + Double(index))
        }
        return stage
    }

    private func read(
        _ stage: inout CallStage, _ further: AttributeValue = [:]
    ) throws -> (lines: String, forward: AttributeValue, backward: AttributeValue) {
        var input: AttributeValue = ["logGroupName": "g", "logStreamName": "s"]
        for (member, value) in further.mapValue ?? [:] { input[member] = value }
        let answer = try stage.call(.logs, "GetLogEvents", input)
        return (
            (answer["events"]?.listValue ?? []).compactMap { $0["message"]?.stringValue }.joined(),
            try #require(answer["nextForwardToken"]), try #require(answer["nextBackwardToken"])
        )
    }

    @Test("reading forward ends with the token it began with, and goes on with it later")
    func forward() throws {
        var stage = stage()
        let first = try read(&stage, ["startFromHead": true, "limit": 5])
        #expect(first.lines == "12345")
        let second = try read(&stage, ["nextToken": first.forward, "limit": 5])
        #expect(second.lines == "6789")
        let end = try read(&stage, ["nextToken": second.forward])
        #expect(end.lines == "" && end.forward == second.forward)
        stage.world.appendLog(group: "g", stream: "s", line: "!", at: stage.now + 10)
        #expect(try read(&stage, ["nextToken": end.forward]).lines == "!")
        #expect(try read(&stage, ["nextToken": end.backward, "limit": 2]).lines == "89")
    }

    @Test("without a word the newest come, and reading goes backward to the beginning")
    func backward() throws {
        var stage = stage()
        let first = try read(&stage, ["limit": 4])
        #expect(first.lines == "6789")
        let second = try read(&stage, ["nextToken": first.backward, "limit": 100])
        #expect(second.lines == "12345")
        let end = try read(&stage, ["nextToken": second.backward])
        #expect(end.lines == "" && end.backward == second.backward)
        #expect(try read(&stage, ["nextToken": end.forward, "limit": 2]).lines == "12")
    }

    @Test("a time is included at the start and excluded at the end")
    func times() throws {
        var stage = stage()
        let start = Int(stage.now.secondsSince1970) * 1000
        let part = try read(&stage, ["startTime": .int(start + 2000), "endTime": .int(start + 5000)])
        #expect(part.lines == "234")
    }

    @Test("what has expired is not told")
    func retention() throws {
        var stage = stage()
        try stage.call(.logs, "PutRetentionPolicy", ["logGroupName": "g", "retentionInDays": 1])
        stage.now = stage.now + 86400 + 6
        #expect(try read(&stage).lines == "6789")
    }

    @Test("events that come late stand where their time is")
    func late() throws {
        var stage = stage()
        let answer = try stage.call(
            .logs, "PutLogEvents",
            [
                "logGroupName": "g", "logStreamName": "s",
                "logEvents": [["timestamp": .int(Int(stage.now.secondsSince1970) * 1000 + 2500), "message": "x"]],
            ])
        #expect(answer["nextSequenceToken"] != nil && answer["rejectedLogEventsInfo"] == nil)
        #expect(try read(&stage).lines == "12x3456789")
    }

    @Test("events that are too old, expired or too new are left out, and it is said which")
    func rejected() throws {
        var stage = CallStage()
        try stage.call(.logs, "CreateLogGroup", ["logGroupName": "g"])
        try stage.call(.logs, "CreateLogStream", ["logGroupName": "g", "logStreamName": "s"])
        let now = Int(stage.now.secondsSince1970) * 1000
        let hour = 3_600_000
        func put(_ hours: [Int]) throws -> AttributeValue? {
            try stage.call(
                .logs, "PutLogEvents",
                [
                    "logGroupName": "g", "logStreamName": "s",
                    "logEvents": .list(
                        hours.map { ["timestamp": .int(now + $0 * hour), "message": .string("\($0)")] }),
                ])["rejectedLogEventsInfo"]
        }
        #expect(try put([-1, 1, 3]) == ["tooNewLogEventStartIndex": 2])
        #expect(try put([-340, -335]) == ["tooOldLogEventEndIndex": 1])
        try stage.call(.logs, "PutRetentionPolicy", ["logGroupName": "g", "retentionInDays": 1])
        #expect(try put([-30, -25, -20]) == ["expiredLogEventEndIndex": 2])
        #expect(try read(&stage).lines == "-20-11")
    }

    @Test("a search goes over streams, in the order of time, page by page")
    func filtering() throws {
        var stage = CallStage()
        for index in 1...6 {
            stage.world.appendLog(
                group: "g", stream: index % 2 == 0 ? "even" : "odd", line: "line \(index)",
                at: stage.now + Double(index))
        }
        let first = try stage.call(
            .logs, "FilterLogEvents", ["logGroupName": "g", "filterPattern": "line", "limit": 4])
        #expect(first["events"]?.listValue?.map { $0["message"] } == ["line 1", "line 2", "line 3", "line 4"])
        #expect(first["events"]?[1]?["logStreamName"] == "even")
        let second = try stage.call(
            .logs, "FilterLogEvents", ["logGroupName": "g", "nextToken": try #require(first["nextToken"])])
        #expect(second["events"]?.listValue?.map { $0["message"] } == ["line 5", "line 6"])
        #expect(second["nextToken"] == nil)
        let odd = try stage.call(.logs, "FilterLogEvents", ["logGroupName": "g", "logStreamNamePrefix": "o"])
        #expect(odd["events"]?.listValue?.count == 3)
    }
}
