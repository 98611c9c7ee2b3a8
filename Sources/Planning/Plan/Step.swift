package import AttributeTree
package import ResourceModel

/// One thing the executor does.
package struct Step: Sendable, Identifiable {
    /// `create Cluster/hello`: stable between two plans of the same world.
    package struct ID: Sendable, Hashable, CustomStringConvertible {
        package var verb: StepVerb
        package var address: ResourceAddress
        /// Tells the steps of a replacement apart: the identity or name that is acted on; empty otherwise.
        package var qualifier: String

        package init(verb: StepVerb, address: ResourceAddress, qualifier: String = "") {
            self.verb = verb
            self.address = address
            self.qualifier = qualifier
        }

        package var description: String {
            qualifier.isEmpty ? "\(verb.rawValue) \(address)" : "\(verb.rawValue) \(address) (\(qualifier))"
        }
    }

    package enum Work: Sendable, Equatable {
        /// Make the resource, or a new revision of it; `replacing` is what it takes the place of.
        case create(cloudName: String, replacing: ResourceIdentity?)
        /// Change these top-level fields of the resource.
        case update(fields: [String])
        /// Change these top-level fields of the resource to these attributes, in the words of the manifest: a form on the
        /// way to the desired one, in which it refers to what is replaced and to what takes its place. It is recorded
        /// as if it had the desired form: what is observed tells how far it is.
        case handOver(fields: [String], attributes: AttributeValue)
        /// Delete what has this identity. `retired` when it is not what the resource is now.
        case delete(ResourceIdentity, cloudName: String, retired: Bool)
        /// Record as ours what exists.
        case adopt(ResourceIdentity)
        /// Wait, without a call of its own.
        case reach([Milestone])
        /// It is recorded and gone from the cloud: only the record is left to be removed.
        case forget
    }

    package var id: ID
    package var work: Work
    /// `ecs:CreateService`, in the order in which they are made.
    package var calls: [String]
    /// The sentence in the plan: `configure listener http to forward to TargetGroup/web`.
    package var summary: String
    package var impact: Impact
    /// Requests go elsewhere after it than before.
    package var movesTraffic: Bool
    package var reasons: [Reason]
    /// What else is worth knowing before it is done, a line each: what is made, how long waiting may take.
    package var notes: [String]
    /// The steps that must have ended well before this one starts.
    package var after: [ID]

    package init(
        id: ID, work: Work, calls: [String], summary: String, impact: Impact, movesTraffic: Bool = false,
        reasons: [Reason], notes: [String] = [], after: [ID]
    ) {
        self.id = id
        self.work = work
        self.calls = calls
        self.summary = summary
        self.impact = impact
        self.movesTraffic = movesTraffic
        self.reasons = reasons
        self.notes = notes
        self.after = after
    }

    package var address: ResourceAddress { id.address }
}
