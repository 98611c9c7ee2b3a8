import AttributeTree
package import Reconciliation
import ResourceModel

extension ECSTaskDefinition {
    /// Registering is done when the call has answered, so what this apply has registered is not asked about.
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        let running = Set(
            request.rows.values.filter { $0.address.kind == .service }
                .compactMap { $0.detail["taskDefinition"]?.stringValue })
        return try await aws.each(request.items) { item in
            let id = item.identity.id
            let isKnown = item.started["revision"] == id || running.contains(id)
            let exists = try await isKnown ? true : describe(id) != nil
            return Self.row(item.address, revision: exists ? id : nil)
        }
    }

    static func row(_ address: ResourceAddress, revision: String?) -> StatusRow {
        let words = definition.words
        guard let revision else {
            return StatusRow(
                address: address, phase: .none, state: words[.none], waitingFor: "a revision that is registered")
        }
        return StatusRow(
            address: address, phase: .final, state: words.final, detail: ["revision": .string(revision)])
    }
}
