import AttributeTree
package import Reconciliation
import ResourceModel
import StateModel

extension ELBListener {
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        let described = try await describe(request.items.map(\.identity.id))
        return request.items.map { item in
            guard described[item.identity.id] != nil else {
                return StatusRow(
                    address: item.address, phase: .none, state: Self.definition.words[.none],
                    waitingFor: "the listener to appear")
            }
            return Self.row(item.address, waitingFor: Self.obstacle(item, request))
        }
    }

    /// A listener is active when it is there, and forwards when nothing is left to wait for.
    static func row(_ address: ResourceAddress, waitingFor: String?) -> StatusRow {
        let phase: Phase = waitingFor == nil ? .final : .configured
        return StatusRow(address: address, phase: phase, state: definition.words[phase], waitingFor: waitingFor)
    }

    /// What keeps a request from being forwarded: the load balancer, or a target group without a healthy target. What
    /// is not managed here is taken to be ready.
    private static func obstacle(_ item: SettleRequest.Item, _ request: SettleRequest) -> String? {
        if let balancer = item.attributes["loadBalancer"]?.stringValue,
            let address = request.address(.loadBalancer, of: balancer),
            request.rows[address]?.detail["state"]?.stringValue?.hasPrefix("active") != true
        {
            return "\(address) to be active"
        }
        for target in ListenerActions(item.attributes).targets where target.weight > 0 {
            guard let address = request.address(.targetGroup, of: target.group) else { continue }
            let row = request.rows[address]
            if row?.phase != .final, row?.detail["healthy"]?.intValue ?? 0 == 0 {
                return "a healthy target in \(address)"
            }
        }
        return nil
    }
}

extension SettleRequest {
    /// The managed resource that an identifier or a name stands for.
    func address(_ kind: KindName, of text: String) -> ResourceAddress? {
        let named = ResourceAddress(kind: kind, name: text)
        if recorded[named] != nil { return named }
        return recorded.values.first { $0.address.kind == kind && $0.identity.id == text }?.address
    }
}
