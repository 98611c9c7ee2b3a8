import AttributeTree
import Diagnostics
import ResourceModel
import StateModel

extension Diagnostic {
    static func unknownAddress(
        _ address: ResourceAddress, option: String, among known: [ResourceAddress]
    ) -> Diagnostic {
        Diagnostic(
            .error, "\(option) \(address): neither the manifests nor the state have this resource", at: nil,
            help: Diagnostic.suggestion(for: address.description, among: known.lazy.map(\.description)))
    }

    static func unknownKind(of address: ResourceAddress) -> Diagnostic {
        Diagnostic(
            .error, "\(address) is recorded, and this version of reconcile does not know its kind", at: nil,
            help: ["use the version that made it, or a later one"])
    }

    static func foreign(_ subject: Subject, _ observed: ObservedResource) -> Diagnostic {
        let noun = subject.address.kind.words
        let whose = observed.owner.map { "it belongs to \($0.sentence)" } ?? "its tags do not say whose it is"
        return Diagnostic(
            .error, "a \(noun) named \"\(observed.cloudName)\" exists and is not ours: \(whose)",
            at: subject.desired?.source.resource,
            help: [
                "to take it over, run with --adopt \(subject.address)", "or give \(subject.address) another name",
            ])
    }

    static func leftToItsOwner(_ subject: Subject, _ observed: ObservedResource) -> Diagnostic {
        let whose = observed.owner.map { "belongs to \($0.sentence)" } ?? "does not say whose it is"
        return Diagnostic(
            .warning,
            "\(subject.address) is not deleted: the \(subject.address.kind.words) named \"\(observed.cloudName)\" "
                + "\(whose), and is left alone", at: nil)
    }

    static func protectedFromDeletion(_ subject: Subject) -> Diagnostic {
        let remedy =
            subject.desired == nil
            ? "put it back into the manifests, without protect if it is to go"
            : "remove protect from its metadata, apply, and destroy again"
        return Diagnostic(
            .error, "\(subject.address) is protected and would be deleted", at: subject.desired?.source.resource,
            help: [remedy])
    }

    static func protectedFromReplacement(_ subject: Subject, because paths: [AttributePath]) -> Diagnostic {
        let fields = paths.map(\.description).joined(separator: ", ")
        let verb = paths.count == 1 ? "cannot be changed where it stands" : "cannot be changed where they stand"
        return Diagnostic(
            .error, "\(subject.address) is protected and would be replaced: \(fields) \(verb)",
            at: subject.desired?.source.range(of: paths.first ?? .root),
            help: ["undo the change, or remove protect from the metadata"])
    }

    static func protectedFromReplacement(_ subject: Subject, with claimant: ResourceAddress) -> Diagnostic {
        Diagnostic(
            .error,
            "\(subject.address) is protected and would be replaced: \(claimant) is replaced, and the new one cannot share it",
            at: subject.desired?.source.resource,
            help: ["undo the change of \(claimant), or remove protect from the metadata"])
    }
}

extension Diagnostic {
    static func leftBehind(_ subject: Subject, _ dependents: [ResourceAddress]) -> Diagnostic {
        let names = dependents.map(\.description).joined(separator: " and ")
        let verb = dependents.count == 1 ? "depends on it and is" : "depend on it and are"
        return Diagnostic(
            .error, "\(subject.address) is deleted and made again, and \(names) \(verb) not among the targets",
            at: subject.desired?.source.resource,
            help: ["add " + dependents.map { "--target \($0)" }.joined(separator: " ") + ", or leave --target out"])
    }

    static func interruption(_ decision: Decision, senders: [ResourceAddress]) -> Diagnostic {
        let field = decision.findings.first { $0.difference.effect == .replace }?.difference.path ?? .root
        let noun = decision.address.kind.words
        return Diagnostic(
            .warning,
            "\(decision.address) is replaced: requests that \(senders.map(\.description).joined(separator: " and ")) "
                + "\(senders.count == 1 ? "sends" : "send") there fail until the new \(noun) has healthy targets",
            at: decision.subject.desired?.source.range(of: field),
            help: [
                decision.obstacle.map { "it cannot be handed over: \($0)" },
                "to lose none, keep \(decision.address) as it is, write another \(noun) beside it, "
                    + "and move the traffic by weights",
            ].compactMap(\.self))
    }
}

extension Ownership {
    fileprivate var sentence: String {
        "\(address) of project \(owner.project), environment \(owner.environment)"
    }
}
