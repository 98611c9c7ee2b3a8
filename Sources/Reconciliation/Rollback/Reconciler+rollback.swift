import Diagnostics
package import Planning
package import ResourceModel
import StateModel

extension Reconciler {
    /// Brings a resource back to where it was final here before, as an apply does: planned under the lock, asked for,
    /// written down, and followed to its end. Nothing else is changed.
    ///
    /// The parameters and errors are those of an apply; and ``RollbackRefusal``.
    package func rollBack(
        _ address: ResourceAddress, _ options: ApplyOptions,
        describe: @Sendable (Plan) -> String,
        approve: @Sendable (PreparedPlan) async throws -> Bool,
        emit: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws -> ApplyResult {
        try await underLock(options, emit: emit) { stored in
            let rollback = try Rollback(of: address, recorded: stored, catalog: provider.catalog)
            let prepared = try await prepare(
                ReconcileRequest(.rollBack, rollback.desired, targets: [address]), stored: stored)
            try await refuse(rollback, prepared)
            return try await carryOut(
                prepared, stored: stored, isFromRecord: true, options, describe: describe, approve: approve, emit: emit)
        }
    }

    /// - Throws: ``RollbackRefusal`` when the plan would not bring the resource back, or not by a change in place.
    private func refuse(_ rollback: Rollback, _ prepared: PreparedPlan) async throws {
        let address = rollback.address
        guard !prepared.plan.diagnostics.hasErrors else { throw RollbackRefusal.notOurs(address) }
        for revision in rollback.revisions where try await !exists(revision, for: rollback, prepared) {
            throw RollbackRefusal.revisionGone(address, revision: revision.name)
        }
        switch prepared.plan.changes.first(where: { $0.address == address })?.action {
        case .update: break
        case .keep, .delete, nil:
            throw RollbackRefusal.alreadyThere(address, revisions: rollback.revisions.map(\.name))
        case .create: throw RollbackRefusal.disappeared(address)
        case .replace: throw RollbackRefusal.needsReplacement(address)
        }
    }

    private func exists(
        _ revision: Rollback.Revision, for rollback: Rollback, _ prepared: PreparedPlan
    ) async throws -> Bool {
        guard let kind = provider.kinds.first(where: { $0.definition.kind == revision.kind }) else { return false }
        // What is to be deleted is looked for by its identity.
        let question = Intent(
            id: 0, address: ResourceAddress(kind: revision.kind, name: rollback.address.name), action: .delete,
            cloudName: revision.name, identity: ResourceIdentity(id: revision.id), clientToken: "", contentHash: "",
            startedAt: 0)
        do {
            return try await kind.find(question, owner: owner, world: prepared.observed) != nil
        } catch {
            throw RefreshError(.kind(revision.kind), cause: error)
        }
    }
}
