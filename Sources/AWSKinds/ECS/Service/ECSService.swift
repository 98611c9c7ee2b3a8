import AttributeTree
import Reconciliation
package import ResourceModel

/// The kind `Service`: known by its ARN, in the cluster that never changes. It answers for its tasks, too.
package struct ECSService: ResourceKind {
    let aws: AWSAccess

    package init(_ aws: AWSAccess) {
        self.aws = aws
    }

    package var definition: KindDefinition { Self.definition }
    package var observedAfter: [KindName] { [.cluster] }

    /// The property of an identity that names the cluster's ARN, without which a service cannot be asked for.
    static let clusterProperty = "cluster"

    package static let definition = KindDefinition(
        schema: schema,
        words: PhaseWords(created: "Created", configured: "Tasks Running", final: "Active with Tasks"),
        observedWords: [.tasks: taskWords], readyPhase: .created,
        verbs: KindVerbs(
            createCalls: ["ecs:CreateService"], updateCall: "ecs:UpdateService", deleteCalls: ["ecs:DeleteService"]),
        hiddenDependencies: [
            reachability("loadBalancers.targetGroup"),
            reachability("loadBalancers.advancedConfiguration.alternateTargetGroup"),
        ],
        handover: handover, settling: [awaitTargets, verifyRoute],
        checks: checks + [reservedTags])

    private static func reachability(_ path: AttributePath) -> HiddenDependency {
        HiddenDependency(
            sharing: path, through: [.listener],
            reason: "AWS accepts a service only when a load balancer forwards to its target group")
    }

    static let taskWords = PhaseWords(
        created: "Launched", configured: "Registered to Target Group", final: "Healthy and Serving")
    /// The final word of tasks without a load balancer in front.
    static let running = "Running"
}
