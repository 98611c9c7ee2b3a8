import AttributeTree
import Planning
import ResourceGraph
import ResourceModel
import StateModel
import Testing

/// A cloud and a state in memory, and an interpreter of plans: what an apply of a plan does, without calls or waiting.
///
/// It refuses what a cloud refuses: a name that is taken, a reference to what does not exist, the deletion of what
/// others refer to. Absent fields are filled with the defaults of the schema, as a cloud does.
struct World {
    struct Thing: Equatable {
        var kind: KindName
        var cloudName: String
        var attributes: AttributeValue
        var owner: Ownership?
    }

    static let owner = Owner(project: "shop", environment: "test")
    static let lookups: [Lookup: AttributeValue] = [Lookup(.subnets): ["subnet-b", "subnet-a"]]

    /// By identifier.
    var things: [String: Thing] = [:]
    var state = RecordedState(lineage: "l", salt: "salt")
    /// What the cloud refused, which no plan should attempt.
    private(set) var refusals: [String] = []
    /// The target groups that have healthy targets: services use them, and that was waited for.
    private var served: Set<String> = []
    /// The load balancers that have, or had, all requests answered.
    private var live: Set<String> = []
    private var count = 0
    let catalog = MiniCatalog.catalog

    // MARK: Planning

    func request(
        _ desired: DesiredSet, goal: PlanRequest.Goal = .converge, targets: Set<ResourceAddress>? = nil,
        adopt: Set<ResourceAddress> = []
    ) -> PlanRequest {
        PlanRequest(
            goal: goal, owner: Self.owner, desired: desired, recorded: state, observed: observe(desired),
            catalog: catalog, targets: targets, adopt: adopt, hash: fakeHash)
    }

    func plan(_ text: String, goal: PlanRequest.Goal = .converge) -> Plan {
        Planner.plan(request(manifests(text), goal: goal))
    }

    private func observe(_ desired: DesiredSet) -> ObservedWorld {
        var found: [ResourceAddress: ObservedResource] = [:]
        for address in Set(desired.resources.keys).union(state.resources.keys) {
            let name = desired[address]?.cloudName
            let id =
                state.resources[address].map(\.identity.id).flatMap { things[$0] == nil ? nil : $0 }
                ?? things.filter { $0.value.kind == address.kind && $0.value.cloudName == name }.keys.max()
            guard let id, let thing = things[id] else { continue }
            found[address] = ObservedResource(
                identity: ResourceIdentity(id: id), cloudName: thing.cloudName, attributes: thing.attributes,
                owner: thing.owner)
        }
        return ObservedWorld(resources: found, lookups: Self.lookups)
    }

    // MARK: Applying

    /// - Parameter limit: only so many steps, as when the process is killed.
    mutating func apply(_ plan: Plan, _ text: String, limit: Int = .max) {
        let desired = manifests(text)
        let graph = ResourceGraph.build(desired: desired, catalog: catalog).graph
        for step in plan.steps.prefix(limit) { run(step, desired, graph) }
        for address in plan.staleRecords { record(address, desired, graph, phase: .final) }
    }

    private mutating func run(_ step: Step, _ desired: DesiredSet, _ graph: ResourceGraph) {
        switch step.work {
        case .create(let name, let replaced):
            create(step.address, named: name, replacing: replaced, desired, graph)
        case .update(let fields):
            guard let id = state.resources[step.address]?.identity.id, let wanted = desired[step.address] else {
                return
            }
            update(id, fields, resolved(wanted), step.address)
            record(step.address, desired, graph, phase: .created)
        case .handOver(let fields, let attributes):
            guard let id = state.resources[step.address]?.identity.id, var form = desired[step.address] else { return }
            form.attributes = attributes
            update(id, fields, resolved(form), step.address)
            record(step.address, desired, graph, phase: .created)
        case .delete(let identity, _, let retired):
            delete(identity.id)
            if retired {
                state.resources[step.address]?.retired.removeAll { $0.identity == identity }
            } else {
                state.resources[step.address] = nil
            }
        case .adopt(let identity):
            things[identity.id]?.owner = Ownership(owner: Self.owner, address: step.address)
            state.resources[step.address]?.retired.removeAll { $0.identity == identity }
            record(step.address, desired, graph, identity: identity, phase: .created)
        case .reach:
            served = used
            for id in things.keys where isListening(id) && served.isSuperset(of: groups(of: id)) { live.insert(id) }
        case .forget: state.resources[step.address] = nil
        }
        settle()
        served.formIntersection(used)
    }

    private mutating func update(
        _ id: String, _ fields: [String], _ attributes: AttributeValue, _ address: ResourceAddress
    ) {
        for field in fields { things[id]?.attributes[field] = attributes[field] }
        things[id]?.owner = Ownership(owner: Self.owner, address: address)
        fillDefaults(id)
        if address.kind == "Service" { refuseUnreachable(attributes, of: address) }
    }

    // MARK: Traffic

    /// The target groups that services use.
    private var used: Set<String> {
        let elements = things.values.filter { $0.kind == "Service" }
            .flatMap { $0.attributes["loadBalancers"]?.listValue ?? [] }
        return Set(elements.compactMap { $0["targetGroup"]?.stringValue })
    }

    /// Where listeners send requests that nobody answers. Of load balancers that replace one another, requests arrive at
    /// the first one that ever had them answered and still listens.
    var unanswered: Set<String> {
        let balancers = Dictionary(grouping: live.filter(isListening)) { things[$0]?.owner?.address }
        let known = Set(balancers.values.compactMap { $0.min { number(of: $0) < number(of: $1) } })
        return Set(known.flatMap(groups)).subtracting(served)
    }

    private func isListening(_ balancer: String) -> Bool { !listeners(of: balancer).isEmpty }

    private func listeners(of balancer: String) -> [Thing] {
        things.values.filter { $0.kind == "Listener" && $0.attributes["loadBalancer"] == .string(balancer) }
    }

    /// To which a load balancer sends requests.
    private func groups(of balancer: String) -> [String] {
        listeners(of: balancer).flatMap { $0.attributes["defaultActions"]?.listValue ?? [] }
            .filter { $0["weight"] != 0 }.compactMap { $0["targetGroup"]?.stringValue }
    }

    private func number(of id: String) -> Int { id.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

    /// Everything recorded is watched to its final phase.
    private mutating func settle() {
        for address in state.resources.keys { state.resources[address]?.phase = .final }
    }

    private mutating func create(
        _ address: ResourceAddress, named name: String, replacing: ResourceIdentity?, _ desired: DesiredSet,
        _ graph: ResourceGraph
    ) {
        guard let wanted = desired[address] else { return refuse("\(address) is not desired") }
        count += 1
        let isRevision = catalog[address.kind]?.verbs.create == .register
        if !isRevision, things.values.contains(where: { $0.kind == address.kind && $0.cloudName == name }) {
            refuse("the name \(name) of \(address) is taken")
        }
        let id = "arn:\(address.kind)/\(name):\(count)"
        let attributes = resolved(wanted)
        if address.kind == "Service" { refuseUnreachable(attributes, of: address) }
        if address.kind == "Listener" { refuseSharing(attributes, of: address) }
        things[id] = Thing(
            kind: address.kind, cloudName: name, attributes: attributes,
            owner: Ownership(owner: Self.owner, address: address))
        fillDefaults(id)
        var retired = state.resources[address]?.retired ?? []
        if let replacing, let before = state.resources[address] {
            retired.insert(
                RetiredIdentity(
                    identity: replacing, cloudName: before.cloudName, reason: isRevision ? .revision : .replaced), at: 0
            )
        }
        record(address, desired, graph, identity: ResourceIdentity(id: id), cloudName: name, phase: .created)
        state.resources[address]?.retired = retired
    }

    /// As ECS: "does not have an associated load balancer".
    private mutating func refuseUnreachable(_ service: AttributeValue, of address: ResourceAddress) {
        for group in (service["loadBalancers"]?.listValue ?? []).compactMap({ $0["targetGroup"]?.stringValue }) {
            let isReachable = things.values.contains { $0.kind == "Listener" && $0.attributes.mentions(group) }
            if !isReachable { refuse("\(address) uses \(group), to which no listener forwards") }
        }
    }

    /// As Elastic Load Balancing, where only one load balancer may send to a target group. Of different listeners this is not
    /// asked: that random manifests have two send to the same group is no mistake of a plan.
    private mutating func refuseSharing(_ listener: AttributeValue, of address: ResourceAddress) {
        let groups = (listener["defaultActions"]?.listValue ?? []).compactMap { $0["targetGroup"]?.stringValue }
        for other in things.values where other.kind == "Listener" && other.owner?.address == address {
            guard other.attributes["loadBalancer"] != listener["loadBalancer"],
                let shared = groups.first(where: other.attributes.mentions)
            else { continue }
            refuse("\(address) sends to \(shared), to which another load balancer sends")
        }
    }

    private mutating func delete(_ id: String) {
        for (other, thing) in things where other != id && thing.attributes.mentions(id) {
            refuse("\(id) is deleted while \(other) refers to it")
        }
        things[id] = nil
    }

    private mutating func record(
        _ address: ResourceAddress, _ desired: DesiredSet, _ graph: ResourceGraph,
        identity: ResourceIdentity? = nil, cloudName: String? = nil, phase: Phase
    ) {
        guard let wanted = desired[address], let schema = catalog[address.kind]?.schema else { return }
        let before = state.resources[address]
        guard let identity = identity ?? before?.identity else { return refuse("\(address) has no identity") }
        let secrets = SecretDigest(salt: state.salt, hash: fakeHash)
        state.resources[address] = RecordedResource(
            address: address, identity: identity,
            cloudName: cloudName ?? before?.cloudName ?? things[identity.id]?.cloudName ?? "",
            attributes: secrets.redacted(wanted.attributes, by: schema),
            dependencies: graph.dependencies(of: address).map(\.address), phase: phase,
            protect: wanted.metadata.protect, retired: before?.retired ?? [], proven: before?.proven ?? [])
    }

    private mutating func resolved(_ resource: DesiredResource) -> AttributeValue {
        guard let schema = catalog[resource.address.kind]?.schema else { return resource.attributes }
        let recorded = state.resources
        let resolver = ReferenceResolver(lookups: Self.lookups) { recorded[$0]?.identity }
        for case let target? in resource.references.map(\.address) {
            let id = recorded[target]?.identity.id
            if id.flatMap({ things[$0] }) == nil {
                refuse("\(resource.address) refers to \(target), which is not there")
            }
        }
        return resolver.resolveKnown(resource.attributes, by: schema.spec)
    }

    private mutating func fillDefaults(_ id: String) {
        guard let kind = things[id]?.kind, let fields = catalog[kind]?.schema.spec.fields else { return }
        for field in fields where things[id]?.attributes[field.name] == nil && !field.isLocal {
            things[id]?.attributes[field.name] = field.defaultValue
        }
        for field in fields where field.isLocal || field.isSecret { things[id]?.attributes[field.name] = nil }
    }

    private mutating func refuse(_ message: String) { refusals.append(message) }
}

extension AttributeValue {
    fileprivate func mentions(_ text: String) -> Bool {
        switch self {
        case .string(let string): string == text
        case .list(let elements): elements.contains { $0.mentions(text) }
        case .map(let members): members.values.contains { $0.mentions(text) }
        case .null, .bool, .int, .number: false
        }
    }
}

/// FNV-1a: the planner only needs equal digests for equal texts.
let fakeHash: TextHash = { text in
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
