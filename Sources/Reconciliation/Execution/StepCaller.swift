import AttributeTree
import Planning
import ResourceModel
import StateModel

/// What the call of a step has come to.
package enum CallOutcome: Sendable, Equatable {
    /// The resource is as the step says; `started` is what was set going.
    case changed(started: [String: String])
    /// Nothing of the resource is left.
    case gone
    /// An identity that the resource had before is gone.
    case retiredGone
}

/// Makes the call of a step: writes the intent down, calls, and records the outcome.
///
/// When the call fails its intent stays open, whatever the error: an answer that says no does not prove that nothing was
/// made by an earlier call of the same verb. The next start looks.
struct StepCaller: Sendable {
    let world: EngineWorld
    let journal: StateJournal
    let kinds: [KindName: any ResourceKind]
    /// The addresses of which a step that comes after an adoption changes more than the owner.
    let updated: Set<ResourceAddress>

    func perform(_ step: Step) async throws -> CallOutcome {
        switch step.work {
        case .create(let cloudName, let replacing): return try await create(step, cloudName, replacing)
        case .update(let fields): return try await update(step, fields)
        case .handOver(let fields, let attributes): return try await update(step, fields, as: attributes)
        case .adopt(let identity): return try await adopt(step, identity)
        case .delete(let identity, let cloudName, _): return try await delete(step, identity, cloudName)
        case .forget:
            try await journal.record(.removed(step.address, completing: nil))
            return .gone
        case .reach: return .changed(started: [:])
        }
    }

    private func create(
        _ step: Step, _ cloudName: String, _ replacing: ResourceIdentity?
    ) async throws -> CallOutcome {
        let kind = try kind(of: step)
        let (desired, attributes) = try resolved(step)
        let token = world.effects.makeClientToken()
        let contentHash = world.effects.hash(attributes.jsonText())
        let intent = try await begin(
            .create, step, cloudName: cloudName, token: token, contentHash: contentHash,
            outcome: world.outcome(of: desired, retiring: replacing == nil ? nil : world.retirement(at: step.address)))
        let result = try await kind.create(
            CreateRequest(
                address: step.address, cloudName: cloudName, attributes: attributes,
                tags: world.owner.tags(for: step.address), clientToken: token, contentHash: contentHash))
        try await journal.complete(intent, result)
        return .changed(started: result.started)
    }

    /// - Parameter form: What the resource is changed to; `nil` for what the manifest says.
    private func update(
        _ step: Step, _ fields: [String], as form: AttributeValue? = nil
    ) async throws -> CallOutcome {
        guard let recorded = journal.resource(at: step.address) else { throw EngineError.notRecorded(step.address) }
        let (desired, attributes) = try resolved(step, as: form)
        return try await update(
            step, identity: recorded.identity, cloudName: recorded.cloudName, fields: fields, attributes: attributes,
            recorded: recorded.attributes, outcome: world.outcome(of: desired))
    }

    /// Sets the owner's tags, unless the resource has them and only its record was lost. What else the manifest says is left to the update that follows; until that has ended, the
    /// record says that nothing was applied.
    private func adopt(_ step: Step, _ identity: ResourceIdentity) async throws -> CallOutcome {
        let (desired, attributes) = try resolved(step)
        var outcome = world.outcome(of: desired)
        if updated.contains(step.address) { outcome.attributes = .map([:]) }
        return try await update(
            step, identity: identity, cloudName: world.observed(step.address)?.cloudName ?? desired.cloudName,
            fields: [], attributes: attributes, recorded: .map([:]), outcome: outcome, isCalled: !step.calls.isEmpty)
    }

    private func update(
        _ step: Step, identity: ResourceIdentity, cloudName: String, fields: [String], attributes: AttributeValue,
        recorded: AttributeValue, outcome: Intent.Outcome, isCalled: Bool = true
    ) async throws -> CallOutcome {
        let kind = try kind(of: step)
        let token = world.effects.makeClientToken()
        let intent = try await begin(
            .update, step, cloudName: cloudName, identity: identity, token: token,
            contentHash: world.effects.hash(attributes.jsonText()), outcome: outcome)
        let request = UpdateRequest(
            address: step.address, cloudName: cloudName, identity: identity, attributes: attributes,
            recorded: known(recorded, kind), observed: world.observed(step.address)?.attributes ?? .map([:]),
            fields: fields, tags: world.owner.tags(for: step.address), clientToken: token)
        let result = isCalled ? try await kind.update(request) : ChangeResult(identity: identity)
        try await journal.complete(intent, result)
        return .changed(started: result.started)
    }

    private func delete(
        _ step: Step, _ identity: ResourceIdentity, _ cloudName: String
    ) async throws -> CallOutcome {
        let kind = try kind(of: step)
        let intent = try await begin(
            .delete, step, cloudName: cloudName, identity: identity, token: world.effects.makeClientToken(),
            contentHash: "", outcome: nil)
        let recorded = journal.resource(at: step.address)?.attributes ?? .map([:])
        try await kind.delete(
            DeleteRequest(
                address: step.address, cloudName: cloudName, identity: identity, recorded: known(recorded, kind)))
        return try await journal.completeDeletion(intent) ? .gone : .retiredGone
    }

    private func begin(
        _ action: Intent.Action, _ step: Step, cloudName: String, identity: ResourceIdentity? = nil, token: String,
        contentHash: String, outcome: Intent.Outcome?
    ) async throws -> Intent {
        try await journal.begin { [time = world.effects.time()] id in
            Intent(
                id: id, address: step.address, action: action, cloudName: cloudName, identity: identity,
                clientToken: token, contentHash: contentHash, startedAt: time, outcome: outcome)
        }
    }

    private func kind(of step: Step) throws -> any ResourceKind {
        guard let kind = kinds[step.address.kind] else { throw EngineError.unknownKind(step.address) }
        return kind
    }

    /// What the manifest says, and the same with every reference resolved to what it is at this moment.
    private func resolved(
        _ step: Step, as form: AttributeValue? = nil
    ) throws -> (DesiredResource, AttributeValue) {
        guard let desired = world.desired[step.address] else { throw EngineError.notDesired(step.address) }
        let schema = try kind(of: step).definition.schema.spec
        return (desired, try world.resolver(journal).resolve(form ?? desired.attributes, by: schema))
    }

    private func known(_ recorded: AttributeValue, _ kind: any ResourceKind) -> AttributeValue {
        world.resolver(journal).resolveKnown(recorded, by: kind.definition.schema.spec)
    }
}
