import AttributeTree
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

/// The lines of `apply -o json`.
@Suite(.tags(.small))
struct ApplyEventTests {
    struct Line: Sendable, CustomTestStringConvertible {
        var content: ApplyEvent.Content
        /// With `@` for the time.
        var json: String

        var testDescription: String { content.line }
    }

    private static let id = Step.ID("create", "a")
    private static let box = ResourceAddress(kind: "Box", name: "a")

    @Test(arguments: [
        Line(
            content: .resolved(box, message: "it was there"),
            json: #"{"address":"Box/a","event":"resolved","message":"it was there","time":@}"#),
        Line(
            content: .started(id, summary: "create box a"),
            json: #"{"address":"Box/a","event":"started","message":"create box a","step":"create Box/a","time":@}"#),
        Line(
            content: .succeeded(id),
            json: #"{"address":"Box/a","event":"succeeded","step":"create Box/a","time":@}"#),
        Line(
            content: .failed(id, StepFailure(.rolledBack, "the lid broke")),
            json: #"{"address":"Box/a","code":"rolledBack","event":"failed","message":"the lid broke","#
                + #""step":"create Box/a","time":@}"#),
        Line(
            content: .blocked(id, by: [Step.ID("create", "b")]),
            json: #"{"address":"Box/a","event":"blocked","message":"because of: create Box/b","#
                + #""step":"create Box/a","time":@}"#),
        Line(
            content: .cancelled(id),
            json: #"{"address":"Box/a","event":"cancelled","step":"create Box/a","time":@}"#),
        Line(
            content: .status(.box("a", .created, waitingFor: "tape")),
            json: #"{"address":"Box/a","event":"status","message":"tape","phase":"created","state":"Created","#
                + #""time":@,"waitingFor":"tape"}"#),
        Line(
            content: .unsettled(box, StepFailure(.deadline, "after 1 min")),
            json: #"{"address":"Box/a","code":"deadline","event":"unsettled","message":"after 1 min","time":@}"#),
        Line(
            content: .finished(.succeeded, calls: ["ecs:CreateService": 1]),
            json: #"{"calls":{"ecs:CreateService":1},"event":"finished","outcome":"succeeded","time":@}"#),
    ])
    func everyEventIsOneLineOfJSON(line: Line) {
        let event = ApplyEvent(time: 1_700_000_000.25, content: line.content)
        #expect(event.json.jsonText() == line.json.replacing("@", with: #""2023-11-14T22:13:20.250Z""#))
    }

    @Test(arguments: [
        (ApplyRecord.Outcome.succeeded, Int32(0)), (.failed, 1), (.rolledBack, 3), (.deadline, 4), (.superseded, 5),
        (.interrupted, 130),
    ])
    func everyOutcomeHasItsExitStatus(outcome: ApplyRecord.Outcome, status: Int32) {
        #expect(outcome.exitStatus == status)
    }

    @Test(arguments: [
        (0, "0 s"), (45, "45 s"), (60, "1 min"), (90, "1 min 30 s"), (3600, "1 h"), (7500, "2 h 5 min"),
        (3605, "1 h"),
    ])
    func aDurationIsSaidInItsTwoGreatestUnits(seconds: Int, words: String) {
        #expect(Duration.seconds(seconds).inWords == words)
    }
}
