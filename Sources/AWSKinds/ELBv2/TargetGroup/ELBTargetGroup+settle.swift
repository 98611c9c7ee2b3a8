import AttributeTree
package import Reconciliation
import ResourceModel
import StateModel

extension ELBTargetGroup {
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        try await aws.each(request.items) { item in
            let counts = try await aws.targetCounts(of: item.identity.id)
            let wanted = request.wantedTargets(of: item.address, arn: item.identity.id)
            return Self.row(item.address, counts, wanted: wanted)
        }
    }

    /// - Parameters:
    ///   - counts: `nil` for a target group that is not there.
    ///   - wanted: how many tasks the services that use it want; `nil` when none uses it.
    static func row(_ address: ResourceAddress, _ counts: TargetCounts?, wanted: Int?) -> StatusRow {
        let words = definition.words
        guard let counts else {
            return StatusRow(
                address: address, phase: .none, state: words[.none], waitingFor: "the target group to appear")
        }
        var row = StatusRow(address: address, phase: .final, state: words.final, detail: counts.detail)
        guard let wanted, let waitingFor = counts.waitingFor(wanted) else { return row }
        row.waitingFor = waitingFor
        row.phase = counts.registered >= wanted ? .configured : .created
        row.state = words[row.phase]
        return row
    }
}

extension SettleRequest {
    /// How many tasks the services that use a target group want: those that are recorded, and those that are to come.
    /// `nil` when no service uses it.
    func wantedTargets(of address: ResourceAddress, arn: String) -> Int? {
        var wanted: Int?
        for (service, attributes) in serviceAttributes {
            let groups = attributes["loadBalancers"]?.listValue ?? []
            guard groups.contains(where: { [address.name, arn].contains($0["targetGroup"]?.stringValue) }) else {
                continue
            }
            // Where others decide on the count, the service's own row knows it.
            let count = attributes["desiredCount"]?.intValue ?? rows[service]?.detail["desired"]?.intValue ?? 1
            wanted = (wanted ?? 0) + count
        }
        return wanted
    }

    /// Of every service, what the manifests want of it, or else what is recorded.
    private var serviceAttributes: [ResourceAddress: AttributeValue] {
        let recorded = recorded.filter { $0.key.kind == .service }.mapValues(\.attributes)
        let desired = desired.resources.filter { $0.key.kind == .service }.mapValues(\.attributes)
        return recorded.merging(desired) { $1 }
    }
}
