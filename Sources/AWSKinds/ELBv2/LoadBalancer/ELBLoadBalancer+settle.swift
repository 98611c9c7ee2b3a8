import AttributeTree
package import Reconciliation
import ResourceModel
import StateModel

extension ELBLoadBalancer {
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        let described = try await finder.describe(request.items.map(\.identity.id))
        let listeners = ListenerIndex(request)
        return request.items.map { item in
            Self.row(
                item.address, described[item.identity.id], listeners: listeners.of(item.address, item.identity.id))
        }
    }

    /// The listeners that refer to a load balancer.
    enum Listeners: Sendable, Equatable {
        /// None does, nor will any.
        case none
        case toCome
        case present
    }

    /// - Parameter description: `nil` for one that is not there.
    static func row(
        _ address: ResourceAddress, _ description: AttributeValue?, listeners: Listeners
    ) -> StatusRow {
        let words = definition.words
        guard let description else {
            return StatusRow(
                address: address, phase: .none, state: words[.none], waitingFor: "the load balancer to appear")
        }
        let state = description["State"]?["Code"]?.stringValue ?? "unknown"
        var row = StatusRow(address: address, phase: .created, state: words.created)
        row.detail["state"] = .string(state)
        row.detail["dnsName"] = description["DNSName"]
        if listeners == .present { (row.phase, row.state) = (.configured, words.configured) }
        switch state {
        // An impaired load balancer routes, with fewer resources than it wants.
        case "active" where listeners != .toCome, "active_impaired" where listeners != .toCome:
            (row.phase, row.state) = (.final, words.final)
        case "active", "active_impaired": row.waitingFor = "a listener"
        case "failed":
            let reason = description["State"]?["Reason"]?.stringValue ?? "AWS gives no reason"
            (row.phase, row.state) = (.failed, words[.failed])
            row.failure = SettleFailure(.failed, "the load balancer could not be set up: \(reason)")
        default: row.waitingFor = "the load balancer, which is \(state)"
        }
        return row
    }
}

/// What listeners call the load balancers they refer to: by name or ARN.
private struct ListenerIndex {
    private let recorded: Set<String>
    private let desired: Set<String>

    init(_ request: SettleRequest) {
        func balancers(_ resources: some Sequence<(address: ResourceAddress, attributes: AttributeValue)>) -> Set<
            String
        > {
            Set(
                resources.filter { $0.address.kind == .listener }.compactMap {
                    $0.attributes["loadBalancer"]?.stringValue
                })
        }
        recorded = balancers(request.recorded.values.lazy.map { ($0.address, $0.attributes) })
        desired = balancers(request.desired.resources.values.lazy.map { ($0.address, $0.attributes) })
    }

    func of(_ address: ResourceAddress, _ arn: String) -> ELBLoadBalancer.Listeners {
        let names = [address.name, arn]
        return names.contains(where: recorded.contains)
            ? .present : names.contains(where: desired.contains) ? .toCome : .none
    }
}
