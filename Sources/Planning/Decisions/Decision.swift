import AttributeTree
import ResourceModel
import StateModel

/// What is to happen to one resource, before it is put into steps.
struct Decision: Sendable {
    enum Course: Sendable, Equatable {
        /// Nothing is called for it, though there may be something left to wait for or to delete behind it.
        case keep
        case create
        /// It keeps its identity.
        case update
        /// A new revision takes its place, with an identity of its own.
        case revise
        case replace(ReplaceOrder)
        case delete
        /// Only the record is removed.
        case forget
        /// An error says why nothing may be done.
        case refused
    }

    var subject: Subject
    var course: Course
    var reasons: [Reason] = []
    var findings: [Comparison.Finding] = []
    /// Paths of references to resources that get another identity.
    var moved: [AttributePath] = []
    /// What refers to the resource, and passes from what it is to what takes its place while requests go on; empty when
    /// nothing does.
    var handover: [ResourceAddress] = []
    /// Why it is not handed over, though it is replaced while something uses it: a sentence.
    var obstacle: String?
    /// How the resource passes from what is replaced to what takes its place; `nil` when it changes at once.
    var passage: Passage?
    /// What is to be recorded as ours first.
    var adopted: ObservedResource?
    /// Earlier identities that are to be deleted, beside the one that this change retires.
    var retired: [RetiredIdentity] = []

    init(_ subject: Subject, _ course: Course, _ reasons: [Reason] = []) {
        self.subject = subject
        self.course = course
        self.reasons = reasons
    }

    var address: ResourceAddress { subject.address }

    /// What the resource is known by now: nothing that is gone or is not ours.
    var identity: ResourceIdentity? { adopted?.identity ?? subject.observed?.identity }

    /// The cloud has it under this name.
    var cloudName: String? { adopted?.cloudName ?? subject.recorded?.cloudName ?? subject.observed?.cloudName }

    /// Whoever refers to it has to be told.
    ///
    /// Not when its record was lost: who refers to it refers to what is found, or is seen to differ by itself.
    var changesIdentity: Bool {
        switch course {
        case .create, .revise, .replace: true
        case .keep, .update:
            if let adopted, let recorded = subject.recorded {
                adopted.identity.id != recorded.identity.id
            } else {
                false
            }
        case .delete, .forget, .refused: false
        }
    }

    /// There are steps for it.
    var isActive: Bool { course != .keep || !reasons.isEmpty || !retired.isEmpty || adopted != nil }

    /// Something of the cloud's is made or changed.
    var changesAnything: Bool {
        switch course {
        case .create, .update, .revise, .replace: true
        case .keep, .delete, .forget, .refused: false
        }
    }
}
