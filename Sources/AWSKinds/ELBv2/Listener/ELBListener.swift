import Reconciliation
package import ResourceModel

/// The kind `Listener`: known by its ARN; before it has one, by its load balancer and port.
package struct ELBListener: ResourceKind {
    let aws: AWSAccess

    package init(_ aws: AWSAccess) {
        self.aws = aws
    }

    package var definition: KindDefinition { Self.definition }
    package var observedAfter: [KindName] { [.loadBalancer] }

    package static let definition = KindDefinition(
        schema: schema, words: PhaseWords(created: "Created", configured: "Active", final: "Forwarding"),
        readyPhase: .created,
        verbs: KindVerbs(
            create: .configure, createCalls: ["elbv2:CreateListener"], updateCall: "elbv2:ModifyListener",
            deleteCalls: ["elbv2:DeleteListener"], replaceOrder: .createFirst,
            summarize: { listener, _ in summary(of: listener) }),
        // Only one load balancer may send to a target group.
        handover: handover, claims: [.targetGroup], checks: checks + [reservedTags])

    private static func summary(of listener: DesiredResource) -> String {
        let groups = Set(listener.references.compactMap(\.address).filter { $0.kind == .targetGroup }).sorted()
        let sentence = "configure listener \(listener.address.name)"
        guard !groups.isEmpty else { return sentence }
        return sentence + " to forward to " + groups.map(\.description).joined(separator: ", ")
    }

    var attributes: ELBAttributes {
        ELBAttributes(aws: aws, noun: "Listener", defaults: Self.attributeDefaults)
    }

    /// What AWS takes for attributes that were never set.
    static let attributeDefaults = ["routing.http.response.server.enabled": "true"]
}
