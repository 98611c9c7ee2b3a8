import AttributeTree
import Planning
package import ResourceModel
package import StateModel

/// Where a rollback of one resource goes: to the form in which it was final here before the one that it has.
package struct Rollback: Sendable {
    package var address: ResourceAddress
    /// Everything that is recorded, as if it were desired, with the resource as it was.
    package var desired: DesiredSet
    /// The identifiers of the revisions that it goes back to.
    package var revisions: [Revision]

    /// A revision, and the kind that looks for it.
    package struct Revision: Sendable, Hashable {
        package var kind: KindName
        package var id: String

        /// `web:6`.
        package var name: String { String(id.split(separator: "/").last ?? "") }
    }

    /// - Throws: ``RollbackRefusal`` when there is nothing to go back to.
    package init(
        of address: ResourceAddress, recorded: RecordedState, catalog: KindCatalog
    ) throws(RollbackRefusal) {
        guard let resource = recorded.resources[address], let definition = catalog[address.kind] else {
            throw .notRecorded(
                address, known: recorded.resources.values.filter { !$0.proven.isEmpty }.map(\.address).sorted())
        }
        let resources = recorded.resources
        guard
            let applied = definition.provenForm(
                of: resource.attributes, in: catalog, identity: { resources[$0]?.identity })
        else { throw .withoutRevisions(address) }
        guard let last = resource.proven.first else { throw .neverFinal(address) }
        guard let form = applied == last ? resource.proven.dropFirst().first : last else { throw .noneBefore(address) }

        guard form.masked(by: definition.schema) == form else { throw .hasSecrets(address) }
        self.address = address
        let attributes = definition.attributes(resource.attributes, rolledBackTo: form)
        var rolledBack = resource
        rolledBack.attributes = attributes
        let wanted = DesiredResource(rolledBack, definition, among: resources)
        revisions = Self.revisions(of: wanted, definition, catalog)
        let left = wanted.references.compactMap { reference -> String? in
            guard case .literal(let text) = reference.target else { return nil }
            return definition.schema.spec.isName(text, at: reference.path) ? text : nil
        }
        if let name = left.first { throw .refersToWhatIsGone(address, name: name) }
        desired = DesiredSet(
            resources.values.compactMap { other in
                guard other.address != address else { return wanted }
                return catalog[other.address.kind].map { DesiredResource(other, $0, among: resources) }
            })
    }

    private static func revisions(
        of resource: DesiredResource, _ definition: KindDefinition, _ catalog: KindCatalog
    ) -> [Revision] {
        resource.references.compactMap { reference in
            guard case .literal(let id) = reference.target,
                let kind = definition.schema.spec.rule(at: reference.path)?.kinds.first(where: {
                    catalog[$0]?.isRevisioned ?? false
                })
            else { return nil }
            return Revision(kind: kind, id: id)
        }
    }
}

extension DesiredResource {
    /// What is recorded, as if a manifest said it. Secret values are digests in it: it is not for a resource that is to be
    /// changed in those.
    init(
        _ recorded: RecordedResource, _ definition: KindDefinition, among resources: [ResourceAddress: RecordedResource]
    ) {
        self.init(
            address: recorded.address, attributes: recorded.attributes, cloudName: recorded.cloudName,
            metadata: ResourceMetadata(protect: recorded.protect),
            references: definition.schema.spec.references(in: recorded.attributes) { resources[$0] != nil })
    }
}

extension ObjectSchema {
    /// The rule of the reference at a path.
    fileprivate func rule(at path: AttributePath) -> ReferenceRule? {
        var type = ValueType.object(self)
        for element in path.elements {
            switch (element, type) {
            case (.member(let name), .object(let schema)):
                guard let field = schema[name] else { return nil }
                type = field.type
            case (.member, .map(of: let inner)): type = inner
            case (.index, .list(let rule)): type = rule.element
            case (_, _): return nil
            }
        }
        if case .list(let rule) = type { type = rule.element }
        if case .reference(let rule) = type { return rule }
        return nil
    }

    /// Neither a literal by its form nor a plain name that means something by itself: it was the name of a managed
    /// resource.
    fileprivate func isName(_ text: String, at path: AttributePath) -> Bool {
        guard let rule = rule(at: path) else { return false }
        return !rule.acceptsPlainNames && !rule.literalPrefixes.contains(where: text.hasPrefix)
    }
}
