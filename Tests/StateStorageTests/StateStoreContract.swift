import AttributeTree
import Reconciliation
import ResourceModel
import StateModel
import Testing

/// What every store has to do, clause by clause.
enum StateStoreContract: String, CaseIterable, Sendable {
    case aNewStateIsEmptyAndStaysTheSame
    case afterEveryEventTheStoreHasWhatTheValueHas
    case whatIsRecordedTogetherIsRecordedInItsOrder
    case whoeverComesSecondIsToldWhoHoldsTheLock
    case whoHoldsTheLockCanBeAsked
    case theLockOfSomebodyElseIsNotBroken
    case theHistoryIsNewestFirst
    case anApplyKeepsWhatCameOfItAndIsFoundByItsNumber
    case whatCameOfAppliesOfLongAgoIsDropped
    case anApplyThatWasKilledIsInterruptedWhenTheNextBegins

    /// - Parameter open: Opens the same state, which is new, as another process would.
    func check(_ open: () async throws -> any StateStore) async throws {
        let (store, other) = (try await open(), try await open())
        switch self {
        case .aNewStateIsEmptyAndStaysTheSame: try await isNew(store, other)
        case .afterEveryEventTheStoreHasWhatTheValueHas: try await records(store, other)
        case .whatIsRecordedTogetherIsRecordedInItsOrder: try await recordsTogether(store, other)
        case .whoeverComesSecondIsToldWhoHoldsTheLock: try await keepsOut(store, other)
        case .whoHoldsTheLockCanBeAsked: try await namesHolder(store, other)
        case .theLockOfSomebodyElseIsNotBroken: try await sparesOthers(store, other)
        case .theHistoryIsNewestFirst: try await tells(store, other)
        case .anApplyKeepsWhatCameOfItAndIsFoundByItsNumber: try await keeps(store, other)
        case .whatCameOfAppliesOfLongAgoIsDropped: try await drops(store, other)
        case .anApplyThatWasKilledIsInterruptedWhenTheNextBegins: try await isCutOff(store, other)
        }
    }

    private func isNew(_ store: any StateStore, _ other: any StateStore) async throws {
        #expect(try await other.load().resources.isEmpty)
        try await store.create()
        let state = try await store.load()
        #expect(state.resources.isEmpty && state.intents.isEmpty && state.serial == 0)
        #expect(!state.lineage.isEmpty && !state.salt.isEmpty)
        #expect(try await store.load() == state)
        try await other.create()
        #expect(try await other.load() == state)
        try await store.lock(.ada)
        #expect(try await store.load() == state)
        try await store.unlock()
    }

    private func recordsTogether(_ store: any StateStore, _ other: any StateStore) async throws {
        try await store.lock(.ada)
        var state = try await store.load()
        let events: [StateEvent] = [
            .began(.creating("a", id: 1)), .recorded(.box("a"), completing: 1),
            .recorded(.box("a", phase: .final), completing: nil), .began(.creating("b", id: 2)), .abandoned(2),
            .recorded(.box("b"), completing: nil), .removed(RecordedResource.box("b").address, completing: nil),
            .began(.creating("c", id: 3)),
        ]
        try await store.record(events)
        for event in events { state.apply(event) }
        #expect(try await store.load() == state)
        #expect(try await other.load() == state)
        try await store.unlock()
    }

    private func records(_ store: any StateStore, _ other: any StateStore) async throws {
        try await store.lock(.ada)
        var state = try await store.load()
        let recorded = RecordedResource.box("a")
        let events: [StateEvent] = [
            .began(.creating("a", id: 1)), .began(.creating("b", id: 2)), .recorded(recorded, completing: 1),
            .abandoned(2), .recorded(.box("a", phase: .final), completing: nil), .began(.creating("c", id: 3)),
            .removed(recorded.address, completing: nil),
        ]
        for event in events {
            try await store.record(event)
            state.apply(event)
            #expect(try await store.load() == state)
            #expect(try await other.load() == state)
        }
        try await store.unlock()
        #expect(try await store.load() == state)
    }

    private func keepsOut(_ store: any StateStore, _ other: any StateStore) async throws {
        for store in [store, other] { try await expectLocked(by: nil, store) }
        try await store.lock(.ada)
        for store in [store, other] {
            do {
                try await store.lock(.bob)
                Issue.record("the lock was given twice")
            } catch StateStoreError.locked(let holder) {
                #expect(holder?.isSame(as: .ada) == true)
            }
        }
        try await store.unlock()
        try await other.lock(.bob)
        try await other.unlock()
    }

    private func namesHolder(_ store: any StateStore, _ other: any StateStore) async throws {
        for store in [store, other] { try await expectLocked(by: nil, store) }
        try await store.lock(.ada)
        for store in [store, other] { try await expectLocked(by: .ada, store) }
        try await store.unlock()
        for store in [store, other] { try await expectLocked(by: nil, store) }
    }

    private func expectLocked(by holder: LockHolder?, _ store: any StateStore) async throws {
        let found = try await store.lockHolder()
        #expect(found.map { holder?.isSame(as: $0) == true } ?? (holder == nil), "\(String(describing: found))")
    }

    private func sparesOthers(_ store: any StateStore, _ other: any StateStore) async throws {
        try await other.breakLock(of: .bob, as: .bob)
        try await store.lock(.ada)
        try await other.breakLock(of: .bob, as: .bob)
        try await store.record(.began(.creating("a", id: 1)))
        try await store.unlock()
    }

    private func tells(_ store: any StateStore, _ other: any StateStore) async throws {
        #expect(try await other.history(limit: 3) == [])
        try await store.lock(.ada)
        var record = ApplyRecord(
            id: 0, command: "apply", startedAt: 1, user: "ada@engine", gitCommit: "abc", plan: "{}")
        let first = try await store.begin(record)
        try await store.finish(first, outcome: .deadline, at: 2.5, report: nil)
        record.command = "destroy"
        let second = try await store.begin(record)
        #expect(second > first)
        let history = try await other.history(limit: 10)
        #expect(history.map(\.id) == [second, first])
        #expect(history.map(\.outcome) == [.running, .deadline])
        #expect(history.last?.endedAt == 2.5)
        #expect(history.last?.gitCommit == "abc")
        #expect(try await store.history(limit: 1).map(\.command) == ["destroy"])
        try await store.unlock()
    }

    private func keeps(_ store: any StateStore, _ other: any StateStore) async throws {
        try await store.lock(.ada)
        let record = ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}")
        let first = try await store.begin(record)
        #expect(try await store.apply(first)?.report == nil)
        let report = ApplyReport(
            resources: [
                .init(address: RecordedResource.box("a").address, outcome: .succeeded, phase: .final, state: "Packed")
            ],
            calls: ["box:Create": 2], recorded: [.box("a", phase: .final)])
        try await store.finish(first, outcome: .succeeded, at: 2, report: report.json)
        let second = try await store.begin(record)
        #expect(try await other.apply(first)?.report.map { try ApplyReport(json: $0) } == report)
        #expect(try await store.history(limit: 5).map(\.report) == [nil, report.json])
        #expect(try await other.apply(second + 1) == nil)
        try await store.unlock()
    }

    private func drops(_ store: any StateStore, _ other: any StateStore) async throws {
        try await store.lock(.ada)
        let record = ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}")
        let count = ApplyRecord.reportsKept + 2
        for _ in 1...count {
            let id = try await store.begin(record)
            // The third is killed.
            if id != 3 { try await store.finish(id, outcome: .succeeded, at: 2, report: ApplyReport().json) }
        }
        for store in [store, other] {
            let history = try await store.history(limit: count + 5)
            #expect(history.map(\.id) == Array((1...count).reversed()))
            #expect(history.filter { $0.report == nil }.map(\.id) == [3, 2, 1])
            #expect(history.filter { $0.outcome == .succeeded }.count == count - 1, "all else is kept")
        }
        try await store.unlock()
        #expect(try await other.load() == store.load())
    }

    private func isCutOff(_ store: any StateStore, _ other: any StateStore) async throws {
        try await store.lock(.ada)
        let record = ApplyRecord(id: 0, command: "apply", startedAt: 1, user: "ada@engine", plan: "{}")
        _ = try await store.begin(record)
        _ = try await store.begin(record)
        #expect(try await other.history(limit: 2).map(\.outcome) == [.running, .interrupted])
        try await store.unlock()
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
