import AttributeTree
package import Reconciliation
import ResourceModel
import StateModel

extension ELBLoadBalancer {
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        let described = try await finder.describe(request.items.map(\.identity.id))
        return request.items.map { item in
            Self.row(
                item.address, described[item.identity.id],
                listeners: Listeners(of: item.address, item.identity.id, request))
        }
    }

    /// The listeners that refer to a load balancer.
    enum Listeners: Sendable, Equatable {
        /// None does, nor will any.
        case none
        case toCome
        case present

        init(of address: ResourceAddress, _ arn: String, _ request: SettleRequest) {
            func refers(_ attributes: AttributeValue) -> Bool {
                [address.name, arn].contains(attributes["loadBalancer"]?.stringValue)
            }
            let recorded = request.recorded.values.contains { $0.address.kind == .listener && refers($0.attributes) }
            let desired = request.desired.resources.values.contains {
                $0.address.kind == .listener && refers($0.attributes)
            }
            self = recorded ? .present : desired ? .toCome : .none
        }
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
