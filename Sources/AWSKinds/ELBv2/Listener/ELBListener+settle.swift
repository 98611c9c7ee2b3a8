import AttributeTree
package import Reconciliation
import ResourceModel
import StateModel

extension ELBListener {
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        let described = try await describe(request.items.map(\.identity.id))
        let active = try await activeLoadBalancers(request)
        return try await aws.each(request.items) { item in
            guard described[item.identity.id] != nil else {
                return StatusRow(
                    address: item.address, phase: .none, state: Self.definition.words[.none],
                    waitingFor: "the listener to appear")
            }
            return Self.row(item.address, waitingFor: try await self.obstacle(item, request, active))
        }
    }

    /// A listener is active when it is there, and forwards when nothing is left to wait for.
    static func row(_ address: ResourceAddress, waitingFor: String?) -> StatusRow {
        let phase: Phase = waitingFor == nil ? .final : .configured
        return StatusRow(address: address, phase: phase, state: definition.words[phase], waitingFor: waitingFor)
    }

    /// What keeps a request from being forwarded: the load balancer, or a target group without a healthy target. What
    /// is not managed here is taken to be ready.
    private func obstacle(
        _ item: SettleRequest.Item, _ request: SettleRequest, _ active: Set<String>
    ) async throws -> String? {
        if let balancer = item.attributes["loadBalancer"]?.stringValue,
            let address = request.address(.loadBalancer, of: balancer), !active.contains(balancer)
        {
            return "\(address) to be active"
        }
        for target in ListenerActions(item.attributes).targets where target.weight > 0 {
            guard let address = request.address(.targetGroup, of: target.group),
                try await !isServed(address, arn: target.group, request)
            else { continue }
            return "a healthy target in \(address)"
        }
        return nil
    }

    /// The ARNs of the load balancers of these listeners that route. Their rows tell, where they are followed too.
    private func activeLoadBalancers(_ request: SettleRequest) async throws -> Set<String> {
        let all = Set(request.items.compactMap { $0.attributes["loadBalancer"]?.stringValue })
        var states: [String: String] = [:]
        for balancer in all {
            let row = request.address(.loadBalancer, of: balancer).flatMap { request.rows[$0] }
            states[balancer] = row?.detail["state"]?.stringValue
        }
        let unknown = all.filter { states[$0] == nil && $0.hasPrefix("arn:") }
        for (arn, description) in try await ELBLoadBalancer(aws).finder.describe(unknown.sorted()) {
            states[arn] = description["State"]?["Code"]?.stringValue
        }
        return all.filter { states[$0]?.hasPrefix("active") ?? false }
    }

    /// Whether a target group has a healthy target, or waits for none. Its row tells, where it is followed too.
    private func isServed(_ address: ResourceAddress, arn: String, _ request: SettleRequest) async throws -> Bool {
        var row = request.rows[address]
        if row == nil {
            row = ELBTargetGroup.row(
                address, try await aws.targetCounts(of: arn), wanted: request.wantedTargets(of: address, arn: arn))
        }
        return row?.phase == .final || row?.detail["healthy"]?.intValue ?? 0 > 0
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
