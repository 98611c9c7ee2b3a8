import AttributeTree
package import Reconciliation
import ResourceModel

extension ECSCluster {
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        let clusters = try await describe(request.items.map(\.identity.id))
        return request.items.map { item in
            let cluster = clusters.first { $0["clusterArn"]?.stringValue == item.identity.id }
            return Self.row(item.address, cluster?["status"]?.stringValue)
        }
    }

    /// - Parameter status: `nil` for a cluster that is not there.
    static func row(_ address: ResourceAddress, _ status: String?) -> StatusRow {
        let words = definition.words
        switch status {
        case nil:
            return StatusRow(address: address, phase: .none, state: words[.none], waitingFor: "the cluster to appear")
        case "ACTIVE"?:
            return StatusRow(address: address, phase: .final, state: words.final, detail: ["status": "ACTIVE"])
        case "FAILED"?:
            return StatusRow(
                address: address, phase: .failed, state: words[.failed],
                failure: SettleFailure(.failed, "AWS could not set up what the cluster needs"),
                detail: ["status": "FAILED"])
        case let status?:
            return StatusRow(
                address: address, phase: .created, state: words.created, waitingFor: "the cluster, which is \(status)",
                detail: ["status": .string(status)])
        }
    }
}
