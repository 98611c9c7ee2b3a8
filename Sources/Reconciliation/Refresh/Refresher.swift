import AttributeTree
package import Planning
package import ResourceModel
package import StateModel

/// Asks the cloud what exists, and what became of calls that had no answer.
///
/// Lookups first, then each kind after the kinds it needs the answers of: independent kinds at the same time, and every
/// resource of a kind in one request.
package struct Refresher: Sendable {
    private let provider: any Provider
    private let owner: Owner

    package init(provider: any Provider, owner: Owner) {
        self.provider = provider
        self.owner = owner
    }

    /// - Throws: ``RefreshError``.
    package func refresh(desired: DesiredSet, recorded: RecordedState) async throws -> Refreshed {
        let items = try items(desired: desired, recorded: recorded)
        var refreshed = Refreshed(recorded: recorded, world: ObservedWorld())
        refreshed.world.lookups = try await lookUp(desired)
        let kinds = Dictionary(uniqueKeysWithValues: provider.kinds.map { ($0.definition.kind, $0) })
        var order = KindOrder(Set(items.keys)) { kinds[$0]?.observedAfter ?? [] }
        try await withThrowingTaskGroup(of: Answer.self) { group in
            func startNext() {
                for name in order.next() {
                    guard let kind = kinds[name] else { continue }
                    group.addTask { [refreshed, owner, items = items[name] ?? []] in
                        try await Question(kind: kind, owner: owner, items: items).ask(after: refreshed)
                    }
                }
            }
            startNext()
            while let answer = try await group.next() {
                refreshed.add(answer)
                order.answered(answer.kind)
                startNext()
            }
        }
        return refreshed
    }

    /// Everything that is desired, recorded or begun, by kind.
    private func items(
        desired: DesiredSet, recorded: RecordedState
    ) throws -> [KindName: [ObserveRequest.Item]] {
        let addresses = Set(desired.resources.keys).union(recorded.resources.keys)
            .union(recorded.intents.map(\.address))
        let known = Set(provider.kinds.map(\.definition.kind))
        var items: [KindName: [ObserveRequest.Item]] = [:]
        for address in addresses.sorted() {
            guard known.contains(address.kind) else { throw RefreshError(.unknownKind(address)) }
            items[address.kind, default: []].append(
                .init(address: address, recorded: recorded.resources[address], desired: desired[address]))
        }
        return items
    }

    private func lookUp(_ desired: DesiredSet) async throws -> [Lookup: AttributeValue] {
        let lookups = Set(
            desired.resources.values.flatMap(\.references).compactMap { reference in
                if case .lookup(let lookup) = reference.target { lookup } else { nil }
            })
        guard !lookups.isEmpty else { return [:] }
        do {
            return try await provider.lookUp(lookups)
        } catch {
            throw RefreshError(.lookups(lookups), cause: error)
        }
    }
}

/// What is recorded and what exists, intents without an outcome resolved.
package struct Refreshed: Sendable {
    /// With every resolution applied; the store does not have them yet.
    package var recorded: RecordedState
    package var world: ObservedWorld
    package var resolutions: [IntentResolution] = []

    fileprivate mutating func add(_ answer: Answer) {
        world.resources.merge(answer.observed) { _, last in last }
        for resolution in answer.resolutions {
            recorded.apply(resolution.event(in: recorded))
            resolutions.append(resolution)
        }
    }
}

/// The cloud could not be asked.
package struct RefreshError: Error, Sendable {
    package enum Subject: Sendable, Equatable {
        case lookups(Set<Lookup>)
        case kind(KindName)
        /// Recorded by a later version, or desired by manifests that were not checked.
        case unknownKind(ResourceAddress)
    }

    package var subject: Subject
    package var cause: (any Error)?

    package init(_ subject: Subject, cause: (any Error)? = nil) {
        self.subject = subject
        self.cause = cause
    }
}

extension RefreshError: CustomStringConvertible {
    package var description: String {
        let cause = cause.map { ": \($0)" } ?? ""
        return switch subject {
        case .lookups(let lookups):
            "cannot look up \(lookups.map { "the \($0.word) \($0.subject)" }.sorted().joined(separator: ", "))\(cause)"
        case .kind(let kind): "cannot read what exists of kind \(kind)\(cause)"
        case .unknownKind(let address): "\(address) is of a kind that this version does not know"
        }
    }
}

private struct Answer: Sendable {
    var kind: KindName
    var observed: [ResourceAddress: ObservedResource]
    var resolutions: [IntentResolution]
}

/// All that is asked about one kind.
private struct Question: Sendable {
    let kind: any ResourceKind
    let owner: Owner
    let items: [ObserveRequest.Item]

    /// Intents first: what they made is then observed as recorded.
    func ask(after refreshed: Refreshed) async throws -> Answer {
        let name = kind.definition.kind
        do {
            var recorded = refreshed.recorded
            var resolutions: [IntentResolution] = []
            for intent in recorded.intents where intent.address.kind == name {
                let found = try await kind.find(intent, owner: owner, world: refreshed.world)
                let resolution = IntentResolution(of: intent, found: found)
                recorded.apply(resolution.event(in: recorded))
                resolutions.append(resolution)
            }
            let request = items.map { item in
                ObserveRequest.Item(
                    address: item.address, recorded: recorded.resources[item.address], desired: item.desired)
            }
            let observed = try await kind.observe(ObserveRequest(items: request, world: refreshed.world))
            return Answer(kind: name, observed: observed, resolutions: resolutions)
        } catch {
            throw RefreshError(.kind(name), cause: error)
        }
    }
}
