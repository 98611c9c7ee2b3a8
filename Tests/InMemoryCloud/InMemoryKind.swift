import AttributeTree
import Planning
import Reconciliation
import ResourceModel
import StateModel
import Synchronization

/// The verbs of one kind on an ``InMemoryCloud``.
struct InMemoryKind: ResourceKind {
    let definition: KindDefinition
    let cloud: InMemoryCloud

    /// The kinds that fields of this one refer to.
    var observedAfter: [KindName] {
        ValueType.object(definition.schema.spec).referredKinds.filter { $0 != definition.kind }
    }

    private var isRevisioned: Bool {
        if case .newRevision = definition.verbs.updateStyle { true } else { false }
    }

    func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        try await perform(.observe, nil) { content in
            var observed: [ResourceAddress: ObservedResource] = [:]
            for item in request.items {
                let named = item.desired?.cloudName ?? item.recorded?.cloudName
                let found =
                    item.recorded.flatMap { content.resources[$0.identity.id] }
                    ?? named.flatMap { content.newest(definition.kind, $0) }
                observed[item.address] = found?.observed
            }
            return observed
        }
    }

    func create(_ request: CreateRequest) async throws -> ChangeResult {
        try await perform(.create, request.address) { content in
            if !isRevisioned, content.newest(definition.kind, request.cloudName) != nil {
                throw InMemoryRefusal("\(definition.kind) \(request.cloudName) exists already")
            }
            try content.requireReferences(of: request.attributes)
            content.count += 1
            let number = String(content.count)
            let id = "mem:\(String(repeating: "0", count: max(0, 6 - number.count)))\(number)/\(request.cloudName)"
            content.insert(
                InMemoryCloud.Resource(
                    id: id, kind: definition.kind, cloudName: request.cloudName, attributes: request.attributes,
                    tags: request.tags, contentHash: request.contentHash,
                    roundsToFinal: cloud.rounds(request.address)))
            return ChangeResult(identity: ResourceIdentity(id: id), started: ["token": request.clientToken])
        }
    }

    func update(_ request: UpdateRequest) async throws -> ChangeResult {
        try await perform(.update, request.address) { content in
            guard var resource = content.remove(request.identity.id) else {
                throw InMemoryRefusal("\(request.identity.id) does not exist")
            }
            for field in request.fields { resource.attributes[field] = request.attributes[field] }
            resource.tags.merge(request.tags) { _, last in last }
            resource.roundsToFinal = cloud.rounds(request.address)
            content.insert(resource)
            try content.requireReferences(of: resource.attributes)
            return ChangeResult(identity: request.identity)
        }
    }

    func delete(_ request: DeleteRequest) async throws {
        try await perform(.delete, request.address) { content in
            if content.references[request.identity.id, default: 0] > 0 {
                throw InMemoryRefusal("\(request.identity.id) is in use")
            }
            _ = content.remove(request.identity.id)
        }
    }

    func find(_ intent: Intent, owner: Owner, world: ObservedWorld) async throws -> ObservedResource? {
        try await perform(.find, intent.address) { content in
            if let identity = intent.identity { return content.resources[identity.id]?.observed }
            guard let found = content.newest(definition.kind, intent.cloudName),
                found.tags == owner.tags(for: intent.address),
                !isRevisioned || found.contentHash == intent.contentHash
            else { return nil }
            return found.observed
        }
    }

    func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        try await perform(.settle, nil) { content in
            content.asked.append(request.items.map(\.address))
            return request.items.compactMap { content.ask($0, definition.words) }.flatMap { [$0] + observed(under: $0) }
        }
    }

    /// What is observed under a resource goes as far as that does.
    private func observed(under row: StatusRow) -> [StatusRow] {
        definition.observedWords.map { kind, words in
            StatusRow(
                address: ResourceAddress(kind: kind, name: row.address.name), phase: row.phase, state: words[row.phase],
                waitingFor: row.waitingFor, failure: row.failure)
        }
    }

    private func perform<Answer: Sendable>(
        _ verb: InMemoryCloud.Verb, _ address: ResourceAddress?,
        _ effect: @Sendable (inout InMemoryCloud.Content) throws -> Answer
    ) async throws -> Answer {
        let call = InMemoryCloud.Call(verb: verb, kind: definition.kind, address: address)
        try await cloud.script(call, .before)
        let answer = try cloud.content.withLock { content in
            content.calls["\(verb.rawValue) \(definition.kind)", default: 0] += 1
            return try effect(&content)
        }
        try await cloud.script(call, .after)
        return answer
    }
}

extension InMemoryCloud.Resource {
    fileprivate var observed: ObservedResource {
        ObservedResource(
            identity: ResourceIdentity(id: id), cloudName: cloudName, attributes: attributes,
            owner: Owner.reading(tags).map { Ownership(owner: $0.owner, address: $0.address) })
    }
}

extension InMemoryCloud.Content {
    fileprivate func newest(_ kind: KindName, _ name: String) -> InMemoryCloud.Resource? {
        names["\(kind)/\(name)"]?.last { resources[$0] != nil }.flatMap { resources[$0] }
    }

    fileprivate mutating func insert(_ resource: InMemoryCloud.Resource) {
        resources[resource.id] = resource
        names["\(resource.kind)/\(resource.cloudName)", default: []].append(resource.id)
        for id in resource.attributes.identifiers { references[id, default: 0] += 1 }
    }

    fileprivate mutating func remove(_ id: String) -> InMemoryCloud.Resource? {
        guard let resource = resources.removeValue(forKey: id) else { return nil }
        names["\(resource.kind)/\(resource.cloudName)"]?.removeAll { $0 == id }
        for id in resource.attributes.identifiers { references[id, default: 0] -= 1 }
        return resource
    }

    fileprivate func requireReferences(of attributes: AttributeValue) throws {
        for id in attributes.identifiers where resources[id] == nil {
            throw InMemoryRefusal("\(id) does not exist")
        }
    }

    fileprivate mutating func ask(_ item: SettleRequest.Item, _ words: PhaseWords) -> StatusRow? {
        guard var resource = resources[item.identity.id] else { return nil }
        if resource.roundsToFinal > 0 { resource.roundsToFinal -= 1 }
        resources[item.identity.id] = resource
        if let failure = resource.failure {
            return StatusRow(address: item.address, phase: .failed, state: words[.failed], failure: failure)
        }
        guard resource.roundsToFinal != 0 else {
            return StatusRow(address: item.address, phase: .final, state: words.final)
        }
        return StatusRow(
            address: item.address, phase: .created, state: words.created,
            waitingFor: resource.roundsToFinal < 0 ? "the end of time" : "\(resource.roundsToFinal) more rounds")
    }
}

extension AttributeValue {
    /// Every identifier of this cloud in it.
    fileprivate var identifiers: [String] {
        switch self {
        case .string(let text): text.hasPrefix("mem:0") ? [text] : []
        case .list(let elements): elements.flatMap(\.identifiers)
        case .map(let members): members.values.flatMap(\.identifiers)
        case .null, .bool, .int, .number: []
        }
    }
}
