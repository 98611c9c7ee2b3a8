import Diagnostics
package import Planning
import ResourceGraph
package import ResourceModel
import StateModel

/// The engine's entry points: a plan, an apply of it, and the status of everything, for one project in one environment.
///
///     let reconciler = Reconciler(provider: aws, store: store, owner: owner, effects: effects, planner: Planner.plan)
///     let prepared = try await reconciler.plan(ReconcileRequest(.converge, desired))
///     let result = try await reconciler.apply(
///         ReconcileRequest(.converge, desired), options, approve: ask, emit: display.show)
package struct Reconciler: Sendable {
    let provider: any Provider
    let store: any StateStore
    let owner: Owner
    let effects: Effects
    let planner: @Sendable (PlanRequest) -> Plan

    package init(
        provider: any Provider, store: any StateStore, owner: Owner, effects: Effects,
        planner: @escaping @Sendable (PlanRequest) -> Plan
    ) {
        self.provider = provider
        self.store = store
        self.owner = owner
        self.effects = effects
        self.planner = planner
    }

    /// What an apply would do now. Changes nothing and needs no lock.
    ///
    /// - Parameter isSaved: The plan is to be carried out later: then the state is made where there is none, as a saved plan
    ///   names the state that it was made from.
    /// - Throws: ``StateStoreError``, ``RefreshError``.
    package func plan(_ request: ReconcileRequest, isSaved: Bool = false) async throws -> PreparedPlan {
        if isSaved { try await store.create() }
        return try await prepare(request, stored: try await store.load())
    }

    /// A row for everything desired or recorded.
    /// - Throws: ``StateStoreError``, ``RefreshError``.
    package func status(desired: DesiredSet) async throws -> [StatusRow] {
        try await StatusReader(provider: provider).read(desired: desired, recorded: try await store.load())
    }

    /// Plans under the lock, asks for approval, carries the plan out, and writes the history.
    ///
    /// - Parameters:
    ///   - describe: The plan as the history keeps it: in the form of `plan -o json`.
    ///   - approve: Sees the plan as it will be carried out; it is asked only when there is something to do.
    ///   - emit: Told what happens, as it happens. The last event is `finished`.
    /// - Throws: ``StateStoreError``, ``RefreshError``, ``PlanRefused``, ``StalePlan``: before anything is changed.
    package func apply(
        _ request: ReconcileRequest, _ options: ApplyOptions,
        describe: @Sendable (Plan) -> String,
        approve: @Sendable (PreparedPlan) async throws -> Bool,
        emit: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws -> ApplyResult {
        try await underLock(options, emit: emit) { stored in
            let prepared = try await prepare(request, stored: stored)
            return try await carryOut(
                prepared, stored: stored, options, describe: describe, approve: approve, emit: emit)
        }
    }

    /// Takes the lock, loads what is recorded, and says at the end that it is over.
    func underLock(
        _ options: ApplyOptions, emit: @escaping @Sendable (ApplyEvent) -> Void,
        _ body: (RecordedState) async throws -> ApplyResult
    ) async throws -> ApplyResult {
        try await store.whileLocked(
            by: options.holder, lost: { options.interruption.request(.lockLost($0)) },
            {
                let result = try await body(try await store.load())
                emit(ApplyEvent(time: effects.time(), content: .finished(result.outcome, calls: provider.calls)))
                return result
            })
    }

    func prepare(_ request: ReconcileRequest, stored: RecordedState) async throws -> PreparedPlan {
        let refreshed = try await Refresher(provider: provider, owner: owner)
            .refresh(desired: request.desired, recorded: stored)
        let plan = planner(
            PlanRequest(
                goal: request.goal, owner: owner, desired: request.desired, recorded: refreshed.recorded,
                observed: refreshed.world, catalog: provider.catalog, targets: request.targets,
                adopt: request.adopt, hash: effects.hash))
        return PreparedPlan(
            plan: plan, desired: request.desired, recorded: refreshed.recorded, observed: refreshed.world,
            resolutions: refreshed.resolutions, stored: stored, hash: effects.hash)
    }
}

// MARK: - Under the lock

extension Reconciler {
    /// - Parameter isFromRecord: What is desired was taken from what is recorded.
    func carryOut(
        _ prepared: PreparedPlan, stored: RecordedState, isFromRecord: Bool = false, _ options: ApplyOptions,
        describe: @Sendable (Plan) -> String,
        approve: @Sendable (PreparedPlan) async throws -> Bool,
        emit: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws -> ApplyResult {
        let journal = StateJournal(stored, in: store)
        if let moved = options.saved?.changes(to: prepared.fingerprint), !moved.isEmpty {
            throw StalePlan(moved: moved)
        }
        for resolution in prepared.resolutions {
            try await journal.record(resolution.event(in: journal.current))
            emit(
                ApplyEvent(
                    time: effects.time(),
                    content: .resolved(resolution.intent.address, message: resolution.description)))
        }
        guard !prepared.plan.diagnostics.hasErrors else { throw PlanRefused(diagnostics: prepared.plan.diagnostics) }
        let world = engineWorld(prepared, isFromRecord: isFromRecord)
        try await refreshRecords(prepared.plan, world, journal)
        guard !prepared.plan.isEmpty else { return ApplyResult(prepared: prepared, ending: .nothingToDo) }
        guard try await approve(prepared) else { return ApplyResult(prepared: prepared, ending: .declined) }
        if case .lockLost(let loss)? = options.interruption.cause { throw loss }
        guard !options.interruption.isRequested else { return ApplyResult(prepared: prepared, ending: .notBegun) }
        let id = try await store.begin(
            ApplyRecord(
                id: 0, command: options.holder.command, startedAt: effects.time(), user: options.holder.user,
                gitCommit: options.gitCommit, plan: describe(prepared.plan)))
        var report = await Executor(
            provider: provider, journal: journal, world: world, settings: options.settings, emit: emit
        ).run(prepared.plan, interruption: options.interruption)
        // Nothing of it can be recorded: the next to have the lock finds the apply cut off.
        guard report.outcome != .lockLost else { return ApplyResult(prepared: prepared, ending: .executed(report)) }
        report.explanations = await explanations(of: report, journal.current, prepared.desired)
        for explanation in report.explanations {
            emit(ApplyEvent(time: effects.time(), content: .explained(explanation)))
        }
        do {
            let kept = ApplyReport(of: report, calls: provider.calls, recorded: journal.current)
            try await store.finish(id, outcome: report.outcome, at: effects.time(), report: kept.json)
        } catch {
            report.failToStore(error)
        }
        return ApplyResult(prepared: prepared, ending: .executed(report))
    }

    private func engineWorld(_ prepared: PreparedPlan, isFromRecord: Bool) -> EngineWorld {
        let catalog = provider.catalog
        let graph = ResourceGraph.build(desired: prepared.desired, catalog: catalog).graph
        return EngineWorld(
            owner: owner, desired: prepared.desired, catalog: catalog, observed: prepared.observed,
            dependencies: { graph.dependencies(of: $0).map(\.address) },
            secrets: isFromRecord ? nil : SecretDigest(salt: prepared.recorded.salt, hash: effects.hash),
            effects: effects)
    }

    /// Records what the manifests say of resources for which nothing is to be called.
    private func refreshRecords(_ plan: Plan, _ world: EngineWorld, _ journal: StateJournal) async throws {
        try await journal.record(
            plan.staleRecords.compactMap { address in
                guard let desired = world.desired[address], var resource = journal.resource(at: address) else {
                    return nil
                }
                let outcome = world.outcome(of: desired)
                resource.attributes = outcome.attributes
                resource.dependencies = outcome.dependencies
                resource.protect = outcome.protect
                return .recorded(resource, completing: nil)
            })
    }
}
