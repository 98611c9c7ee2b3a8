package import AttributeTree
import FoundationEssentials
import Manifests
import Reconciliation
package import StateModel

/// What has been applied in one environment, as its store tells it.
package struct RecordedHistory: Sendable {
    private let store: any StateStore
    private let loaded: LoadedProject

    init(_ store: any StateStore, _ loaded: LoadedProject) {
        self.store = store
        self.loaded = loaded
    }

    /// Newest first.
    func applies(limit: Int) async throws -> [PastApply] {
        let holder = try await store.lockHolder()
        return try await store.history(limit: limit).map { try PastApply($0, isLocked: holder != nil) }
    }

    /// - Throws: ``UsageError`` that says which there are.
    func apply(_ id: Int) async throws -> PastApply {
        let holder = try await store.lockHolder()
        if let record = try await store.apply(id) { return try PastApply(record, isLocked: holder != nil) }
        let place = "\(loaded.project.name), environment \(loaded.environment.name)"
        guard let last = try await store.history(limit: 1).first?.id else {
            throw UsageError("there is no apply \(id): nothing has been applied to \(place)")
        }
        throw UsageError(
            "there is no apply \(id) of \(place)",
            help: ["they are numbered from 1 to \(last); see `reconcile history`"])
    }

    /// Everything that was recorded when an apply had ended.
    func recorded(after id: Int) async throws -> [RecordedResource] {
        let apply = try await apply(id)
        guard let report = apply.report else {
            throw SettingUpError(whyNothingIsKept(of: apply), help: ["name another; `reconcile history` lists them"])
        }
        return report.recorded
    }

    private func whyNothingIsKept(of apply: PastApply) -> String {
        let id = apply.record.id
        guard !apply.isRunning else { return "apply \(id) is still running" }
        guard apply.record.outcome != .interrupted else {
            return "apply \(id) did not come to its end, and what it had left behind was not kept"
        }
        return
            "what apply \(id) had left behind is not kept any more: only that of the last \(ApplyRecord.reportsKept) is"
    }

    /// Everything that is recorded now.
    func recorded() async throws -> [RecordedResource] { Array(try await store.load().resources.values) }
}

/// An entry of the history, and what is in it.
package struct PastApply: Sendable {
    package var record: ApplyRecord
    package var plan: AttributeValue
    package var report: ApplyReport?
    package var isRunning: Bool

    /// - Parameter isLocked: Whether anybody has the lock: what says that it is running was killed otherwise.
    package init(_ record: ApplyRecord, isLocked: Bool) throws {
        self.record = record
        plan = try AttributeValue(json: record.plan)
        report = try record.report.map { try ApplyReport(json: $0) }
        isRunning = record.outcome == .running && isLocked
        if record.outcome == .running, !isLocked { self.record.outcome = .interrupted }
    }

    /// In seconds.
    package var duration: Double? { record.endedAt.map { max(0, $0 - record.startedAt) } }

    package var startedAt: String { Self.iso(record.startedAt) }

    private static func iso(_ time: Double) -> String {
        Date(timeIntervalSince1970: time).formatted(Date.ISO8601FormatStyle())
    }

    /// An element of `applies` in `history -o json`.
    package var json: AttributeValue {
        [
            "id": .int(record.id), "command": .string(record.command), "user": .string(record.user),
            "gitCommit": record.gitCommit.map { .string($0) } ?? .null, "startedAt": .string(startedAt),
            "endedAt": record.endedAt.map { .string(Self.iso($0)) } ?? .null,
            "outcome": .string(record.outcome.rawValue), "summary": plan["summary"] ?? .map([:]),
        ]
    }

    /// `history show -o json`: the same, with the plan and what came of it.
    package var document: AttributeValue {
        var document = json
        document["formatVersion"] = 1
        document["plan"] = plan
        document["steps"] = .list((report?.steps ?? []).map(\.json))
        document["resources"] = .list((report?.resources ?? []).map(\.json))
        document["calls"] = .map((report?.calls ?? [:]).mapValues { .int($0) })
        document["explanations"] = record.report?["explanations"] ?? .list([])
        return document
    }
}
