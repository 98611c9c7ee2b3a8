import AWSKinds
import AttributeTree
import Diagnostics
import Manifests
import Planning
import ResourceModel
import StateModel
import Testing

/// What would be done to one resource of AWS, given what was applied last, what AWS says and what is wanted now.
struct OneResource {
    let address: ResourceAddress
    private let header: String

    init(_ kind: KindName) {
        address = ResourceAddress(kind: kind, name: "it")
        header = "apiVersion: reconcile/v1\nkind: \(kind)\nmetadata: {name: it}\nspec: "
    }

    static let lookups: [Lookup: AttributeValue] = [
        Lookup(.vpc): "vpc-1", Lookup(.subnets): ["subnet-a", "subnet-b"], Lookup(.securityGroups): ["sg-default"],
    ]

    /// - Parameter spec: YAML in flow form; references are ARNs.
    func desired(_ spec: String) throws -> DesiredResource {
        let project =
            "apiVersion: reconcile/v1\nkind: Project\nmetadata: {name: p}\nspec: {environments: {e: {cloud: local}}}"
        let loaded = ManifestLoader(catalog: AWSProvider.catalog).load([
            SourceText(file: "p.yaml", project), SourceText(file: "m.yaml", header + spec),
        ])
        try #require(loaded.diagnostics == [], "\(spec)")
        return try #require(loaded.desired[address])
    }

    /// - Parameters:
    ///   - recorded: what was last applied; `nil` for a resource that is adopted.
    ///   - observed: in the words of the manifest, as the kind reads them from AWS's answer.
    func plan(_ wanted: String, recorded: String?, observed: AttributeValue) throws -> Plan {
        let applied = try recorded.map(desired)
        return plan(
            try desired(wanted), recorded: applied?.attributes, named: applied?.cloudName, observed: observed)
    }

    func plan(
        _ wanted: DesiredResource, recorded: AttributeValue?, named cloudName: String? = nil, observed: AttributeValue
    ) -> Plan {
        let cloudName = cloudName ?? wanted.cloudName
        let identity = ResourceIdentity(id: "arn:it")
        let owner = Owner(project: "p", environment: "e")
        var state = RecordedState(lineage: "l", salt: "s")
        if let recorded {
            state.resources[address] = RecordedResource(
                address: address, identity: identity, cloudName: cloudName, attributes: recorded, phase: .final)
        }
        let resource = ObservedResource(
            identity: identity, cloudName: cloudName, attributes: observed,
            owner: Ownership(owner: owner, address: address))
        return Planner.plan(
            PlanRequest(
                goal: .converge, owner: owner, desired: DesiredSet([wanted]), recorded: state,
                observed: ObservedWorld(resources: [address: resource], lookups: Self.lookups),
                catalog: AWSProvider.catalog, hash: stableHash))
    }

    /// As AWS has it after the manifest was applied, but for the defaults it fills in.
    func observed(after spec: String) throws -> AttributeValue {
        let schema = try #require(AWSProvider.catalog[address.kind]?.schema.spec)
        return ReferenceResolver(lookups: Self.lookups) { _ in nil }.resolveKnown(
            try desired(spec).attributes, by: schema)
    }
}
