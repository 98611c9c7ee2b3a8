import AWSClient
import AWSModel
import AttributeTree
package import Planning
package import Reconciliation
package import ResourceModel
package import StateModel

extension ELBListener {
    package func observe(_ request: ObserveRequest) async throws -> [ResourceAddress: ObservedResource] {
        let described = try await describe(request.items.compactMap(\.recorded?.identity.id))
        var listeners: [ResourceAddress: AttributeValue] = [:]
        for item in request.items { listeners[item.address] = item.recorded.flatMap { described[$0.identity.id] } }
        let others = request.items.filter { listeners[$0.address] == nil }
        listeners.merge(try await byPort(others, request.world)) { recorded, _ in recorded }

        let tags = try await aws.elbTags(of: listeners.values.compactMap { $0["ListenerArn"]?.stringValue })
        var found: [ResourceAddress: ObservedResource] = [:]
        for item in request.items {
            guard let listener = listeners[item.address],
                var observed = Self.observed(listener, name: item.cloudName ?? item.address.name)
            else { continue }
            let arn = observed.identity.id
            observed.take(tags[arn])
            observed.attributes["attributes"] = try await attributes.observe(item, arn: arn)
            if item.hasFurtherCertificates { observed.attributes["certificates"] = try await certificates(of: arn) }
            found[item.address] = observed
        }
        return found
    }

    /// A listener has no name: what has no identity yet is known by our tags, on a load balancer of ours.
    package func find(
        _ intent: Intent, owner: Owner, world: ObservedWorld
    ) async throws -> ObservedResource? {
        if let identity = intent.identity {
            return try await describe([identity.id])[identity.id].flatMap { Self.observed($0, name: intent.cloudName) }
        }
        let balancers = world.resources.filter { $0.key.kind == .loadBalancer }.map(\.value.identity.id)
        for balancer in balancers.sorted() {
            let listeners = try await ofLoadBalancer(balancer)
            let tags = try await aws.elbTags(of: listeners.compactMap { $0["ListenerArn"]?.stringValue })
            for listener in listeners {
                guard var observed = Self.observed(listener, name: intent.cloudName) else { continue }
                observed.take(tags[observed.identity.id])
                if observed.owner == Ownership(owner: owner, address: intent.address) { return observed }
            }
        }
        return nil
    }

    func describe(_ arns: [String]) async throws -> [String: AttributeValue] {
        let listeners = try await aws.batched(arns, by: 20, missing: "ListenerNotFound") { batch in
            try await aws.elb("DescribeListeners", ["ListenerArns": .strings(batch)])["Listeners"]?.listValue ?? []
        }
        let pairs = listeners.compactMap { listener in listener["ListenerArn"]?.stringValue.map { ($0, listener) } }
        return Dictionary(pairs) { first, _ in first }
    }

    private func byPort(
        _ items: [ObserveRequest.Item], _ world: ObservedWorld
    ) async throws -> [ResourceAddress: AttributeValue] {
        var found: [ResourceAddress: AttributeValue] = [:]
        let byBalancer = Dictionary(grouping: items) { $0.loadBalancer(in: world) }
        for (balancer, items) in byBalancer.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
            guard let balancer else { continue }
            let listeners = try await ofLoadBalancer(balancer)
            for item in items {
                let port = item.desired?.attributes["port"] ?? item.recorded?.attributes["port"]
                found[item.address] = listeners.first { $0["Port"] == port }
            }
        }
        return found
    }

    private func ofLoadBalancer(_ arn: String) async throws -> [AttributeValue] {
        do {
            let output = try await aws.calling.pages(
                "DescribeListeners", of: .elbv2, ["LoadBalancerArn": .string(arn)])
            return output["Listeners"]?.listValue ?? []
        } catch let error as AWSError where error.code == "LoadBalancerNotFound" {
            return []
        }
    }

    /// The default first, then the others in the order of their ARNs.
    func certificates(of arn: String) async throws -> AttributeValue {
        let output = try await aws.calling.pages(
            "DescribeListenerCertificates", of: .elbv2, ["ListenerArn": .string(arn)])
        let all = output["Certificates"]?.listValue ?? []
        let byDefault = all.filter { $0["IsDefault"] == true } + all.filter { $0["IsDefault"] != true }
        var seen: Set<String> = []
        return .list(
            byDefault.compactMap { $0["CertificateArn"]?.stringValue }.filter { seen.insert($0).inserted }
                .map { ["certificate": .string($0)] })
    }

    static func observed(_ listener: AttributeValue, name: String) -> ObservedResource? {
        guard let arn = listener["ListenerArn"]?.stringValue else { return nil }
        return ObservedResource(
            identity: ResourceIdentity(id: arn), cloudName: name,
            attributes: Translator.elbv2.attributes(listener, by: schema.spec), owner: nil)
    }
}

extension ObserveRequest.Item {
    /// The ARN of the load balancer that the manifest or the record names, where it exists.
    fileprivate func loadBalancer(in world: ObservedWorld) -> String? {
        guard let name = (desired?.attributes ?? recorded?.attributes)?["loadBalancer"]?.stringValue else { return nil }
        if name.hasPrefix("arn:") { return name }
        return world.resources[ResourceAddress(kind: .loadBalancer, name: name)]?.identity.id
    }

    /// Only the default certificate is part of a listener's description.
    fileprivate var hasFurtherCertificates: Bool {
        [desired?.attributes, recorded?.attributes].contains { ($0?["certificates"]?.listValue?.count ?? 0) > 1 }
    }
}
