import Reconciliation
package import ResourceModel

/// The kind `Cluster`: an ECS cluster, known by its ARN.
package struct ECSCluster: ResourceKind {
    let aws: AWSAccess

    package init(_ aws: AWSAccess) {
        self.aws = aws
    }

    package var definition: KindDefinition { Self.definition }
    package var observedAfter: [KindName] { [] }

    package static let definition = KindDefinition(
        schema: schema, words: PhaseWords(created: "Created", configured: "Active", final: "Active"),
        readyPhase: .final,
        verbs: KindVerbs(
            createCalls: ["ecs:CreateCluster"], updateCall: "ecs:UpdateCluster", deleteCalls: ["ecs:DeleteCluster"]),
        checks: [reservedTags])
}
