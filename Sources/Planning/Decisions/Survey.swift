import AttributeTree
import Diagnostics
import ResourceGraph
import ResourceModel
import StateModel

/// Decides what is to happen to every resource that a request is about.
struct Survey {
    let request: PlanRequest
    let graph: ResourceGraph
    let normalForm: NormalForm
    let secrets: SecretDigest
    var decisions: [ResourceAddress: Decision] = [:]
    /// In the order of the graph; what is not desired any more after that, by address.
    private(set) var order: [ResourceAddress] = []
    var diagnostics: [Diagnostic] = []

    init(_ request: PlanRequest, graph: ResourceGraph) {
        self.request = request
        self.graph = graph
        normalForm = NormalForm(
            identities: IdentityIndex(recorded: request.recorded, observed: request.observed),
            lookups: request.observed.lookups)
        secrets = SecretDigest(salt: request.recorded.salt, hash: request.hash)
        let scope = Scope(request, graph: graph)
        diagnostics += scope.diagnostics
        order = scope.order
        decide()
        guard request.goal == .converge else { return }
        forgetWhatWasTakenOver()
        replaceWhatIsClaimed()
        tellDependents()
        refuseToLeaveBehind()
        arrangeHandovers()
        warnOfInterruptions()
        announceReplacements()
        retire(within: Set(order))
    }

    private mutating func decide() {
        for address in order {
            guard let definition = request.catalog[address.kind] else {
                diagnostics.append(.unknownKind(of: address))
                continue
            }
            let subject = Subject(
                address: address, definition: definition, desired: request.desired[address],
                recorded: request.recorded.resources[address], observed: request.observed.resources[address])
            if case .absent = subject.standing(for: request.owner), request.goal == .destroy { continue }
            decisions[address] = decision(for: subject)
        }
    }

    private mutating func decision(for subject: Subject) -> Decision {
        switch request.goal {
        case .destroy: return removal(of: subject, because: .destroyed)
        case .converge, .rollBack:
            guard let desired = subject.desired else { return removal(of: subject, because: .removedFromManifests) }
            return convergence(of: subject, to: desired)
        }
    }
}
