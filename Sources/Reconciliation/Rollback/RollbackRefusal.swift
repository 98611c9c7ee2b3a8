package import ResourceModel

/// Why there is nothing to roll back to. Nothing was changed.
package enum RollbackRefusal: Error, Sendable, Hashable {
    /// - known: what could be rolled back.
    case notRecorded(ResourceAddress, known: [ResourceAddress])
    /// A resource of this kind has no revisions.
    case withoutRevisions(ResourceAddress)
    case neverFinal(ResourceAddress)
    /// The form that it has is the only one in which it was final.
    case noneBefore(ResourceAddress)
    /// It was deregistered or deleted.
    case revisionGone(ResourceAddress, revision: String)
    /// It referred to a managed resource that is no more.
    case refersToWhatIsGone(ResourceAddress, name: String)
    case alreadyThere(ResourceAddress, revisions: [String])
    case disappeared(ResourceAddress)
    /// What would go back has secret values, of which only digests are recorded.
    case hasSecrets(ResourceAddress)
    /// Only another resource could be as it was.
    case needsReplacement(ResourceAddress)
    /// Somebody else's resource has its name.
    case notOurs(ResourceAddress)
}

extension RollbackRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notRecorded(let address, _): "nothing is recorded of \(address)"
        case .withoutRevisions(let address): "\(address) has no revisions to roll back to"
        case .neverFinal(let address): "\(address) has never been final here, so there is nothing to roll back to"
        case .noneBefore(let address):
            "\(address) was final here in one form only, the one it has, so there is nothing to roll back to"
        case .revisionGone(let address, let revision):
            "\(address) cannot be rolled back: \(revision), the last that was successful here, is no longer registered"
        case .refersToWhatIsGone(let address, let name):
            "\(address) cannot be rolled back: it referred to \"\(name)\" then, which is no longer there"
        case .alreadyThere(let address, let revisions):
            "\(address) runs \(revisions.joined(separator: ", ")) already, the last that was successful here"
        case .disappeared(let address): "\(address) is recorded and gone from the cloud"
        case .hasSecrets(let address): "\(address) cannot be rolled back: its secret values are not recorded"
        case .needsReplacement(let address): "\(address) would have to be replaced to be as it was"
        case .notOurs(let address): "\(address) carries other owner tags than ours, or none"
        }
    }

    /// What to do about it.
    package var help: [String] {
        switch self {
        case .notRecorded(_, let known):
            [
                known.isEmpty
                    ? "a service can be rolled back once it has been final here"
                    : "there is \(known.map(\.description).joined(separator: ", "))"
            ]
        case .withoutRevisions: ["services can be rolled back"]
        case .neverFinal: ["`reconcile apply` goes on from what is there"]
        case .noneBefore: ["`reconcile history` lists what was applied"]
        case .revisionGone, .refersToWhatIsGone, .hasSecrets:
            ["write what it was in the manifests and apply them; `reconcile history show` has it"]
        case .alreadyThere: ["`reconcile status` says how it is"]
        case .disappeared: ["`reconcile apply` makes it again"]
        case .needsReplacement: ["write what it was in the manifests and see `reconcile plan`"]
        case .notOurs: ["`reconcile plan` says whose it is"]
        }
    }
}
