/// The calls that share a bucket, and what AWS says they may do.
package struct RateRule: Sendable, Hashable {
    package var service: String
    package var category: String
    package var burst: Int
    package var perSecond: Double

    package init(_ service: String, _ category: String, burst: Int, perSecond: Double) {
        self.service = service
        self.category = category
        self.burst = burst
        self.perSecond = perSecond
    }

    /// The rule for an operation; `nil` for a service whose rates are not known.
    package static func rule(service: String, operation: String) -> RateRule? {
        switch service {
        case "ecs": return ecs(operation)
        case "ec2": return operation.isRead ? ec2Reads : ec2Writes
        case "elbv2": return elbv2TargetOperations.contains(operation) ? elbv2Targets : elbv2Others
        default: return nil
        }
    }
}

// MARK: ECS

extension RateRule {
    /// *Request throttling for the Amazon ECS API*: one bucket a category, for an account in a region.
    private static let ecsCategories: [(rule: RateRule, operations: Set<String>)] = [
        (
            RateRule("ecs", "cluster modify", burst: 20, perSecond: 1),
            [
                "CreateCluster", "DeleteCluster", "UpdateCluster", "UpdateClusterSettings",
                "PutClusterCapacityProviders",
            ]
        ),
        (
            RateRule("ecs", "cluster read", burst: 50, perSecond: 20),
            ["DescribeClusters", "ListClusters"]
        ),
        (
            RateRule("ecs", "task definition modify", burst: 20, perSecond: 1),
            ["RegisterTaskDefinition", "DeregisterTaskDefinition"]
        ),
        (
            RateRule("ecs", "task definition read", burst: 50, perSecond: 20),
            ["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"]
        ),
        (
            RateRule("ecs", "task definition deletion", burst: 5, perSecond: 1),
            ["DeleteTaskDefinitions"]
        ),
        (
            RateRule("ecs", "service modify", burst: 50, perSecond: 5),
            ["CreateService", "UpdateService", "DeleteService"]
        ),
        (
            RateRule("ecs", "service read", burst: 100, perSecond: 20),
            ["DescribeServices", "ListServices"]
        ),
        (
            RateRule("ecs", "service deployment", burst: 50, perSecond: 20),
            ["DescribeServiceDeployments", "ListServiceDeployments"]
        ),
        (
            RateRule("ecs", "service revision", burst: 50, perSecond: 20),
            ["DescribeServiceRevisions"]
        ),
        (
            RateRule("ecs", "service namespace read", burst: 10, perSecond: 1),
            ["ListServicesByNamespace"]
        ),
        (
            RateRule("ecs", "cluster resource read", burst: 100, perSecond: 20),
            ["DescribeTasks", "ListTasks", "DescribeContainerInstances", "ListContainerInstances"]
        ),
        (
            RateRule("ecs", "tag modify", burst: 20, perSecond: 10),
            ["TagResource", "UntagResource"]
        ),
        (
            RateRule("ecs", "tag read", burst: 50, perSecond: 20),
            ["ListTagsForResource"]
        ),
        (
            RateRule("ecs", "capacity provider modify", burst: 10, perSecond: 1),
            ["CreateCapacityProvider", "UpdateCapacityProvider", "DeleteCapacityProvider"]
        ),
        (
            RateRule("ecs", "capacity provider read", burst: 50, perSecond: 20),
            ["DescribeCapacityProviders"]
        ),
        (
            RateRule("ecs", "account settings modify", burst: 10, perSecond: 1),
            ["PutAccountSetting", "PutAccountSettingDefault", "DeleteAccountSetting"]
        ),
        (
            RateRule("ecs", "account settings read", burst: 50, perSecond: 20),
            ["ListAccountSettings"]
        ),
    ]

    /// RunTask, StopTask, ExecuteCommand and what else is done inside a cluster.
    private static let ecsClusterResources = RateRule("ecs", "cluster resource modify", burst: 100, perSecond: 40)

    private static func ecs(_ operation: String) -> RateRule {
        ecsCategories.first { $0.operations.contains(operation) }?.rule ?? ecsClusterResources
    }
}

// MARK: EC2 and ELB

extension RateRule {
    /// *Request throttling for the Amazon EC2 API*, the two large categories.
    private static let ec2Reads = RateRule("ec2", "non-mutating", burst: 100, perSecond: 20)
    private static let ec2Writes = RateRule("ec2", "mutating", burst: 50, perSecond: 5)

    /// AWS publishes no rates for Elastic Load Balancing; these are those that its own controller for Kubernetes keeps.
    private static let elbv2Targets = RateRule("elbv2", "targets", burst: 20, perSecond: 4)
    private static let elbv2Others = RateRule("elbv2", "all others", burst: 40, perSecond: 10)
    private static let elbv2TargetOperations: Set<String> = ["RegisterTargets", "DeregisterTargets"]
}

extension String {
    fileprivate var isRead: Bool { hasPrefix("Describe") || hasPrefix("List") || hasPrefix("Get") }
}
