package import AttributeTree
package import Diagnostics

/// A kind as a value: its schema, and what the planner has to know beyond it. Pure; what talks to the cloud is a
/// `ResourceKind` of the engine.
package struct KindDefinition: Sendable {
    package var schema: KindSchema
    package var words: PhaseWords
    /// The words of what is observed under a resource of this kind and written in no manifest: `Tasks`.
    package var observedWords: [KindName: PhaseWords]
    /// How far this resource must be before a step of one that depends on it may start.
    package var readyPhase: Phase
    /// What a change leads to.
    package var verbs: KindVerbs
    /// Edges that no field of the manifest draws.
    package var hiddenDependencies: [HiddenDependency]
    /// How it refers to what is replaced and to what takes its place at the same time; `nil` where it cannot.
    package var handover: HandoverRule?
    /// The kinds of what it refers to that what takes its place cannot use beside it: where it is replaced, so are they.
    package var claims: [KindName]
    /// What its replacement means for those outside of the manifests who know it by what it is now; the plan says so.
    package var replacementNotice: (@Sendable (DesiredResource, ResourceIdentity) -> Diagnostic)?
    /// What is awaited and proved after a change, as steps of their own.
    package var settling: [SettlingStep]
    /// What is refused before any call. Sees every desired resource.
    package var checks: [@Sendable (DesiredResource, DesiredSet) -> [Diagnostic]]

    package init(
        schema: KindSchema, words: PhaseWords, observedWords: [KindName: PhaseWords] = [:], readyPhase: Phase,
        verbs: KindVerbs,
        hiddenDependencies: [HiddenDependency] = [], handover: HandoverRule? = nil, claims: [KindName] = [],
        replacementNotice: (@Sendable (DesiredResource, ResourceIdentity) -> Diagnostic)? = nil,
        settling: [SettlingStep] = [],
        checks: [@Sendable (DesiredResource, DesiredSet) -> [Diagnostic]] = []
    ) {
        self.schema = schema
        self.words = words
        self.observedWords = observedWords
        self.readyPhase = readyPhase
        self.verbs = verbs
        self.hiddenDependencies = hiddenDependencies
        self.handover = handover
        self.claims = claims
        self.replacementNotice = replacementNotice
        self.settling = settling
        self.checks = checks
    }

    package var kind: KindName { schema.kind }
}

/// What the steps of a kind are called, and which calls they make.
package struct KindVerbs: Sendable {
    /// How a change that is not a replacement is made.
    package enum UpdateStyle: Sendable, Hashable {
        /// The resource keeps its identity.
        case inPlace
        /// A new revision is made, with an identity of its own; whoever refers to the resource moves to it. The
        /// earlier revisions are retired: the newest `keep` of them are left, the rest deleted.
        case newRevision(keepField: String, keep: Int)
    }

    /// `create`, `register`, `configure`.
    package var create: StepVerb
    package var createCalls: [String]
    package var updateStyle: UpdateStyle
    package var updateCall: String
    package var delete: StepVerb
    package var deleteCalls: [String]
    /// A replacement is made beside the resource, under a generated name, before that is deleted; or after it.
    package var replaceOrder: ReplaceOrder
    /// The sentence in the plan for the step that makes a resource: `configure listener http to forward to
    /// TargetGroup/web`; `nil` where the verb, the kind and the name say all.
    package var summarize: (@Sendable (DesiredResource, DesiredSet) -> String)?

    package init(
        create: StepVerb = .create, createCalls: [String], updateStyle: UpdateStyle = .inPlace, updateCall: String,
        delete: StepVerb = .delete, deleteCalls: [String], replaceOrder: ReplaceOrder = .deleteFirst,
        summarize: (@Sendable (DesiredResource, DesiredSet) -> String)? = nil
    ) {
        self.create = create
        self.createCalls = createCalls
        self.updateStyle = updateStyle
        self.updateCall = updateCall
        self.delete = delete
        self.deleteCalls = deleteCalls
        self.replaceOrder = replaceOrder
        self.summarize = summarize
    }
}

package enum ReplaceOrder: String, Sendable, Hashable {
    case createFirst
    case deleteFirst
}

/// What a step does.
package enum StepVerb: String, Sendable, Hashable, CaseIterable {
    case create, register, configure, update, delete, deregister
    /// Records as ours what exists.
    case adopt
    /// Removes the record of what is gone.
    case forget
    /// Waits until milestones are reached.
    case await
    /// Waits until a request is answered.
    case verify
}

/// A dependency that a shared reference implies: a service comes after every listener that forwards to the target group
/// it registers its tasks with, or AWS refuses it ("does not have an associated load balancer").
package struct HiddenDependency: Sendable {
    /// Member names of the field of this kind, without list positions: `loadBalancers.targetGroup`.
    package var sharing: AttributePath
    /// The kinds that count when they refer to the same resource.
    package var through: [KindName]
    /// For the plan and the graph.
    package var reason: String

    package init(sharing: AttributePath, through: [KindName], reason: String) {
        self.sharing = sharing
        self.through = through
        self.reason = reason
    }
}

/// A step that waits, made for a resource that is created, updated or replaced.
package struct SettlingStep: Sendable {
    package var verb: StepVerb
    /// The sentence in the plan; the milestones that end it. Empty milestones mean no step.
    package var plan: @Sendable (DesiredResource, DesiredSet) -> (summary: String, milestones: [Milestone])
    /// How long it can be expected to take, so far as the manifests and the defaults say: a sentence each. The last
    /// argument says whether earlier tasks leave; asked for only when new ones come.
    package var estimate: (@Sendable (DesiredResource, DesiredSet, Bool) -> [String])?

    package init(
        verb: StepVerb, estimate: (@Sendable (DesiredResource, DesiredSet, Bool) -> [String])? = nil,
        plan: @escaping @Sendable (DesiredResource, DesiredSet) -> (summary: String, milestones: [Milestone])
    ) {
        self.verb = verb
        self.estimate = estimate
        self.plan = plan
    }
}

/// A resource has come at least this far.
package struct Milestone: Sendable, Hashable {
    package var address: ResourceAddress
    package var phase: Phase

    package init(_ address: ResourceAddress, is phase: Phase) {
        self.address = address
        self.phase = phase
    }
}
