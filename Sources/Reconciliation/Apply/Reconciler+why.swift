import Planning
package import ResourceModel
package import StateModel

/// Why not everything is final.
package struct WhyAnswer: Sendable {
    /// What was seen when an apply ended badly, which the cloud may have forgotten since.
    package struct Earlier: Sendable, Equatable {
        package var apply: ApplyRecord
        package var explanations: [Explanation]
    }

    /// The rows that are not final, in address order.
    package var unsettled: [StatusRow]
    /// What can be seen now.
    package var explanations: [Explanation]
    /// Of the last apply that said why, where none ended well since and nothing can be seen now.
    package var earlier: Earlier?
}

extension Reconciler {
    /// Looks for the causes of what is not final: one for each service, at most.
    ///
    /// - Parameter name: only what has this name; `nil` for everything.
    /// - Throws: ``StateStoreError``, ``RefreshError``.
    package func why(desired: DesiredSet, of name: String?) async throws -> WhyAnswer {
        let recorded = try await store.load()
        let rows = try await StatusReader(provider: provider).read(desired: desired, recorded: recorded)
        let unsettled = rows.filter { $0.phase != .final && (name == nil || $0.address.name == name) }
        let explanations = try await explain(rows, only: Set(unsettled.map(\.address)), recorded, desired)
        var answer = WhyAnswer(unsettled: unsettled, explanations: explanations)
        if explanations.isEmpty, !unsettled.isEmpty { answer.earlier = try await earlier(of: name) }
        return answer
    }

    /// An apply that was interrupted, or that did not come so far, takes nothing from what one before it has seen.
    private func earlier(of name: String?) async throws -> WhyAnswer.Earlier? {
        for apply in try await store.history(limit: 20) {
            if apply.outcome == .succeeded { return nil }
            let report = try apply.report.map { try ApplyReport(json: $0) }
            let kept = (report?.explanations ?? []).filter { name == nil || $0.address.name == name }
            if !kept.isEmpty { return WhyAnswer.Earlier(apply: apply, explanations: kept) }
        }
        return nil
    }

    /// What is seen of what an execution has left unsettled. That nothing can be asked any more takes nothing away from
    /// what is known of the execution.
    func explanations(
        of report: ExecutionReport, _ recorded: RecordedState, _ desired: DesiredSet
    ) async -> [Explanation] {
        guard report.outcome.wantsExplanation else { return [] }
        let unsettled = Set(report.unsettled.map(\.row.address) + report.failedAddresses)
        let rows = report.rows.values.sorted { $0.address < $1.address }
        let refused = report.refusals.compactMap { provider.explain($0.refusal, of: $0.address) }
        let seen = (try? await explain(rows, only: unsettled, recorded, desired)) ?? []
        return refused + seen.filter { explanation in !refused.contains { $0.address == explanation.address } }
    }

    private func explain(
        _ rows: [StatusRow], only addresses: Set<ResourceAddress>, _ recorded: RecordedState, _ desired: DesiredSet
    ) async throws -> [Explanation] {
        // What is observed under a resource is explained with it: the tasks of a service.
        let observed = provider.catalog.kinds.reduce(into: [KindName: KindName]()) { owners, definition in
            for kind in definition.observedWords.keys { owners[kind] = definition.kind }
        }
        let owners = Set(addresses.map { ResourceAddress(kind: observed[$0.kind] ?? $0.kind, name: $0.name) })
        // And what depends on it: a target group waits for the tasks of a service.
        let items = recorded.settleItems(provider.catalog, following: true).filter { item in
            owners.contains(item.address)
                || recorded.resources[item.address]?.dependencies.contains(where: owners.contains) == true
        }
        guard !items.isEmpty else { return [] }
        let request = SettleRequest(
            items: items, rows: Dictionary(rows.map { ($0.address, $0) }) { first, _ in first },
            recorded: recorded.resources, desired: desired)
        return try await provider.explain(request, at: effects.time())
    }
}

extension ApplyRecord.Outcome {
    fileprivate var wantsExplanation: Bool {
        switch self {
        case .failed, .rolledBack, .deadline, .superseded: true
        case .running, .succeeded, .interrupted, .lockLost: false
        }
    }
}

extension ExecutionReport {
    fileprivate var refusals: [(address: ResourceAddress, refusal: CallRefusal)] {
        steps.compactMap { step, outcome in
            if case .failed(let failure) = outcome { failure.refusal.map { (step.address, $0) } } else { nil }
        }
    }

    fileprivate var failedAddresses: [ResourceAddress] {
        steps.compactMap { if case .failed = $0.outcome { $0.step.address } else { nil } }
    }
}

extension RecordedState {
    /// What is asked about everything recorded, in address order.
    ///
    /// - Parameter following: whether what the last changes have set going is followed, or everything taken as it stands.
    func settleItems(_ catalog: KindCatalog, following: Bool) -> [SettleRequest.Item] {
        let resolver = ReferenceResolver(lookups: [:]) { resources[$0]?.identity }
        return resources.values.sorted { $0.address < $1.address }.map { resource in
            let schema = catalog[resource.address.kind]?.schema.spec
            return SettleRequest.Item(
                address: resource.address, identity: resource.identity, cloudName: resource.cloudName,
                attributes: schema.map { resolver.resolveKnown(resource.attributes, by: $0) } ?? resource.attributes,
                started: following ? resource.started : [:])
        }
    }
}
