import Reconciliation
package import ResourceModel

/// The kind `TaskDefinition`: a family of revisions, of which one is what the manifest says, known by its ARN.
///
/// A revision never changes, so what is recorded of it is what it contains: it is read only to see that it is there,
/// and not even that where a service runs it.
package struct ECSTaskDefinition: ResourceKind {
    let aws: AWSAccess

    package init(_ aws: AWSAccess) {
        self.aws = aws
    }

    package var definition: KindDefinition { Self.definition }
    package var observedAfter: [KindName] { [.service] }

    package static let definition = KindDefinition(
        schema: schema, words: PhaseWords(created: "Defined", configured: "Registered", final: "Registered"),
        readyPhase: .final,
        verbs: KindVerbs(
            create: .register, createCalls: ["ecs:RegisterTaskDefinition"],
            updateStyle: .newRevision(keepField: "keepRevisions", keep: revisionsKept),
            updateCall: "ecs:RegisterTaskDefinition", delete: .deregister,
            deleteCalls: ["ecs:DeregisterTaskDefinition"]),
        checks: checks + [reservedTags])
}
