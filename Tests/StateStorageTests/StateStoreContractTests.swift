import AttributeTree
import Foundation
import Reconciliation
import ResourceModel
import StateModel
import StateStorage
import TestSupport
import Testing

/// What every store has to do.
@Suite(.tags(.medium))
struct StateStoreContractTests {
    enum Kind: String, CaseIterable, Sendable {
        case inMemory, sqlite
    }

    private func with(_ kind: Kind, _ body: (any StateStore) async throws -> Void) async throws {
        switch kind {
        case .inMemory: try await body(InMemoryStateStore())
        case .sqlite:
            try await TemporaryDirectory.with { directory in
                try await body(SQLiteStateStore(path: directory.path("state.sqlite")))
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func aNewStateIsEmptyAndStaysTheSame(kind: Kind) async throws {
        try await with(kind) { store in
            let state = try await store.load()
            #expect(state.resources.isEmpty && state.intents.isEmpty && state.serial == 0)
            #expect(!state.lineage.isEmpty && !state.salt.isEmpty)
            #expect(try await store.load() == state)
        }
    }

    @Test(arguments: Kind.allCases)
    func afterEveryEventTheStoreHasWhatTheValueHas(kind: Kind) async throws {
        try await with(kind) { store in
            try await store.lock(.ada)
            var state = try await store.load()
            let first = Intent.creating("a", id: 1)
            let second = Intent.creating("b", id: 2)
            let recorded = RecordedResource.box("a")
            let events: [StateEvent] = [
                .began(first), .began(second), .recorded(recorded, completing: 1), .abandoned(2),
                .recorded(.box("a", phase: .final), completing: nil), .began(.creating("c", id: 3)),
                .removed(recorded.address, completing: nil),
            ]
            for event in events {
                try await store.record(event)
                state.apply(event)
                #expect(try await store.load() == state)
            }
            try await store.unlock()
        }
    }

    @Test(arguments: Kind.allCases)
    func whoeverComesSecondIsToldWhoHoldsTheLock(kind: Kind) async throws {
        try await with(kind) { store in
            try await store.lock(.ada)
            await #expect(throws: StateStoreError.locked(by: .ada)) { try await store.lock(.bob) }
            try await store.unlock()
            try await store.lock(.bob)
            try await store.unlock()
        }
    }

    @Test(arguments: Kind.allCases)
    func whoHoldsTheLockCanBeAsked(kind: Kind) async throws {
        try await with(kind) { store in
            #expect(try await store.lockHolder() == nil)
            try await store.lock(.ada)
            #expect(try await store.lockHolder() == .ada)
            try await store.unlock()
            #expect(try await store.lockHolder() == nil)
        }
    }

    @Test(arguments: Kind.allCases)
    func theHistoryIsNewestFirst(kind: Kind) async throws {
        try await with(kind) { store in
            try await store.lock(.ada)
            var record = ApplyRecord(
                id: 0, command: "apply", startedAt: 1, user: "ada@engine", gitCommit: "abc", plan: "{}")
            let first = try await store.begin(record)
            try await store.finish(first, outcome: .deadline, at: 2.5, report: nil)
            record.command = "destroy"
            let second = try await store.begin(record)
            #expect(second > first)
            let history = try await store.history(limit: 10)
            #expect(history.map(\.id) == [second, first])
            #expect(history.map(\.outcome) == [.running, .deadline])
            #expect(history.last?.endedAt == 2.5)
            #expect(history.last?.gitCommit == "abc")
            #expect(try await store.history(limit: 1).map(\.command) == ["destroy"])
        }
    }

    @Test(arguments: Kind.allCases)
    func anApplyKeepsWhatCameOfItAndIsFoundByItsNumber(kind: Kind) async throws {
        try await with(kind) { store in
            try await store.lock(.ada)
            let record = ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}")
            let first = try await store.begin(record)
            #expect(try await store.apply(first)?.report == nil)
            let report = ApplyReport(
                resources: [
                    .init(
                        address: RecordedResource.box("a").address, outcome: .succeeded, phase: .final, state: "Packed")
                ],
                calls: ["box:Create": 2], recorded: [.box("a", phase: .final)])
            try await store.finish(first, outcome: .succeeded, at: 2, report: report.json)
            let second = try await store.begin(record)
            #expect(try await store.apply(first)?.report.map { try ApplyReport(json: $0) } == report)
            #expect(try await store.history(limit: 5).map(\.report) == [nil, report.json])
            #expect(try await store.apply(second + 1) == nil)
        }
    }

    @Test(arguments: Kind.allCases)
    func anApplyThatWasKilledIsInterruptedWhenTheNextBegins(kind: Kind) async throws {
        try await with(kind) { store in
            try await store.lock(.ada)
            let record = ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}")
            _ = try await store.begin(record)
            _ = try await store.begin(record)
            #expect(try await store.history(limit: 2).map(\.outcome) == [.running, .interrupted])
        }
    }
}

extension LockHolder {
    static let ada = LockHolder(user: "ada@engine", processID: 7, command: "apply", since: 1.5)
    static let bob = LockHolder(user: "bob@loom", processID: 8, command: "destroy", since: 2)
}

extension RecordedResource {
    static func box(_ name: String, phase: Phase = .created) -> RecordedResource {
        RecordedResource(
            address: ResourceAddress(kind: "Box", name: name), identity: ResourceIdentity(id: "id-\(name)"),
            cloudName: name, attributes: ["size": 3, "label": "fragile \"glass\" ☂"], phase: phase)
    }
}

extension Intent {
    static func creating(_ name: String, id: Int) -> Intent {
        Intent(
            id: id, address: ResourceAddress(kind: "Box", name: name), action: .create, cloudName: name,
            clientToken: "token", contentHash: "hash", startedAt: 1,
            outcome: .init(attributes: ["size": 3], dependencies: [], protect: false))
    }
}
