import AttributeTree
import InMemoryCloud
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

/// What an apply leaves behind for those that come later.
@Suite(.tags(.medium))
struct HistoryTests {
    private let server = ResourceAddress.of("Server/web")

    @Test func anApplyKeepsWhatCameOfEveryStepAndResource() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        try await story.apply(Toys.one())
        let report = try await #require(story.lastReport())
        #expect(report.steps.map(\.outcome) == Array(repeating: .succeeded, count: report.steps.count))
        #expect(report.resources.map(\.address.description) == ["Image/img", "Network/net", "Server/web"])
        #expect(report.resources.allSatisfy { $0.outcome == .succeeded && $0.phase == .final })
        #expect(report.resources.last?.started == ["token": "token-3"])
        #expect(report.recorded == (try await story.store.load()).resources.values.sorted { $0.address < $1.address })
        #expect(!report.calls.isEmpty)
        #expect(!report.json.jsonText().contains("hunter2"))

        try await story.apply([], .destroy)
        let last = try await #require(story.lastReport())
        #expect(last.resources.map(\.outcome) == [.deleted, .deleted, .deleted])
        #expect(last.recorded.isEmpty)
    }

    @Test func aFailureIsKeptWithWhatItHasBlocked() async throws {
        struct Refused: Error, CustomStringConvertible { let description = "no room" }
        let story = Story(
            InMemoryCloud(
                ToyKinds.all,
                script: { call, moment in
                    if call.verb == .create, call.kind == "Image", moment == .before { throw Refused() }
                }))
        try await story.apply(Toys.one())
        let report = try await #require(story.lastReport())
        let outcomes = Dictionary(uniqueKeysWithValues: report.resources.map { ($0.address.description, $0.outcome) })
        #expect(outcomes == ["Network/net": .succeeded, "Image/img": .failed, "Server/web": .notStarted])
        #expect(report.resources.first?.failure == ApplyReport.Failure(code: "failed", message: "no room"))
        #expect(report.steps.first { $0.address == server }?.blockedBy == ["create Image/img"])
    }

    @Test func whatWasStartedIsRecordedUntilItIsFinal() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all, rounds: { _ in 3 }))
        let result = try await story.apply(Toys.one(), settings: ExecutionSettings(detach: true))
        #expect(result.outcome == .succeeded)
        let report = try await #require(story.lastReport())
        #expect(report.resources.last?.outcome == .unsettled)
        #expect(try await story.store.load().resources[server]?.started == ["token": "token-3"])
        try await story.apply(Toys.one())
        #expect(try await story.store.load().resources[server]?.started == [:])
    }

    @Test func whatWasFinalOnceIsRememberedWithItsRevision() async throws {
        let story = Story(InMemoryCloud(ToyKinds.all))
        for content in ["v1", "v2"] { try await story.apply(Toys.one(content: content)) }
        let images = story.cloud.resources.filter { $0.kind == "Image" }.map(\.id)
        let state = try await story.store.load()
        #expect(state.resources[server]?.proven.map { $0["image"]?.stringValue } == images.reversed())
        #expect(state.resources[server]?.attributes["image"] == "img")
        #expect(state.resources[.of("Network/net")]?.proven == [], "it refers to no revision")
    }
}

extension Story {
    fileprivate func lastReport() async throws -> ApplyReport? {
        try await store.history(limit: 1).first?.report.map { try ApplyReport(json: $0) }
    }
}
