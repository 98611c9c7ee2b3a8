import AttributeTree
package import ResourceModel
package import StateModel

/// How what is recorded of one resource differs between two moments.
package struct RecordedDifference: Sendable, Equatable {
    package enum Action: String, Sendable, Hashable {
        case added, removed, changed
    }

    package var address: ResourceAddress
    package var action: Action
    /// What the resource was known by at each moment; `nil` where it was not there.
    package var identities: (before: String?, after: String?)
    /// ``Difference/recorded`` and ``Difference/observed`` are the value before, ``Difference/desired`` the one after.
    package var differences: [Difference]

    package static func == (left: Self, right: Self) -> Bool {
        (left.address, left.action, left.differences) == (right.address, right.action, right.differences)
            && left.identities == right.identities
    }

    /// In address order. What is the same at both moments is left out.
    package static func between(
        _ before: [RecordedResource], _ after: [RecordedResource], catalog: KindCatalog
    ) -> [RecordedDifference] {
        let earlier = Dictionary(before.map { ($0.address, $0) }) { _, last in last }
        let later = Dictionary(after.map { ($0.address, $0) }) { _, last in last }
        return Set(earlier.keys).union(later.keys).sorted().compactMap { address in
            let (one, other) = (earlier[address], later[address])
            let differences = catalog[address.kind].map { compare(one, other, $0) } ?? []
            guard !differences.isEmpty || one?.identity.id != other?.identity.id else { return nil }
            return RecordedDifference(
                address: address, action: one == nil ? .added : other == nil ? .removed : .changed,
                identities: (one?.identity.id, other?.identity.id), differences: differences)
        }
    }

    /// Secret values are digests in both, and are shown in neither.
    private static func compare(
        _ before: RecordedResource?, _ after: RecordedResource?, _ definition: KindDefinition
    ) -> [Difference] {
        let form = NormalForm(
            identities: IdentityIndex(recorded: RecordedState(lineage: "", salt: ""), observed: ObservedWorld()),
            lookups: [:])
        let nothing = AttributeValue.map([:])
        let earlier = form.normal(before?.attributes ?? nothing, by: definition.schema)
        let later = form.normal(after?.attributes ?? nothing, by: definition.schema)
        var comparison = Comparison(secrets: SecretDigest(salt: "", hash: { _ in "" }))
        comparison.compare(
            .init(desired: later, recorded: earlier, observed: earlier), by: definition.schema.spec,
            absentMeansDefault: true)
        return comparison.findings.map(\.difference)
    }
}
