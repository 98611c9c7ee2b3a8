/// A fault that passes by itself, recognised by its code and, where AWS gives many things one code, by its message.
///
/// These are AWS's own words. Nothing else in the project reads a message.
package struct FaultPattern: Sendable, Hashable {
    /// The operations it is known from, as `ecs:CreateService`.
    package var operations: Set<String>
    package var code: String
    /// A part of the message; `nil` when the code says enough.
    package var phrase: String?

    package init(_ operations: Set<String>, code: String, phrase: String? = nil) {
        self.operations = operations
        self.code = code
        self.phrase = phrase
    }
}

extension AWSError {
    package func matches(_ pattern: FaultPattern) -> Bool {
        guard kind == .fault, code == pattern.code, pattern.operations.contains(operation) else { return false }
        return pattern.phrase.map { message.contains($0) } ?? true
    }

    /// Whether what stands in the way goes away by itself, within minutes, so that the call is worth repeating.
    package var passesByItself: Bool { FaultPattern.passing.contains { matches($0) } }
}

extension FaultPattern {
    /// A cluster that was just created may not be found yet.
    package static let clusterNotVisibleYet = FaultPattern(
        ["ecs:CreateService", "ecs:PutClusterCapacityProviders", "ecs:UpdateCluster"], code: "ClusterNotFoundException")

    /// The first cluster of an account creates the role of ECS, which takes a moment to be usable.
    package static let serviceLinkedRoleNotReady = FaultPattern(
        ["ecs:CreateCluster", "ecs:CreateService", "ecs:UpdateService", "ecs:PutClusterCapacityProviders"],
        code: "InvalidParameterException", phrase: "Unable to assume the service linked role")

    /// IAM takes a moment to tell all services of a role.
    package static let roleNotPropagated = FaultPattern(
        ["ecs:CreateService", "ecs:UpdateService"], code: "InvalidParameterException",
        phrase: "verify that the ECS service role being passed has the proper permissions")

    /// The listener or rule that makes the target group reachable is there, and ECS does not see it yet.
    package static let targetGroupNotReachableYet = FaultPattern(
        ["ecs:CreateService", "ecs:UpdateService"], code: "InvalidParameterException",
        phrase: "does not have an associated load balancer")

    /// A service of the same name was deleted and still has tasks.
    package static let serviceStillDraining = FaultPattern(
        ["ecs:CreateService"], code: "InvalidParameterException",
        phrase: "Unable to Start a service that is still Draining")

    package static let deploymentActive = FaultPattern(
        ["ecs:DeleteService"], code: "InvalidParameterException",
        phrase: "The service cannot be stopped while deployments are active")

    package static let serviceHasDependents = FaultPattern(
        ["ecs:DeleteService"], code: "DependencyViolation", phrase: "has a dependent object")

    /// Revisions of one family are registered one after the other.
    package static let concurrentRevisions = FaultPattern(
        ["ecs:RegisterTaskDefinition", "ecs:DeregisterTaskDefinition"], code: "ClientException",
        phrase: "Too many concurrent attempts")

    /// Detaching a target group from a listener or a rule takes a moment to be seen.
    package static let targetGroupStillInUse = FaultPattern(
        ["elbv2:DeleteTargetGroup"], code: "ResourceInUse", phrase: "is currently in use by a listener or a rule")

    package static let clusterUpdateInProgress = FaultPattern(
        ["ecs:DeleteCluster", "ecs:PutClusterCapacityProviders", "ecs:UpdateCluster"],
        code: "UpdateInProgressException")

    /// What a cluster still holds while it is being emptied.
    package static let clusterNotEmptyYet = [
        "ClusterContainsTasksException", "ClusterContainsServicesException",
        "ClusterContainsContainerInstancesException",
    ].map { FaultPattern(["ecs:DeleteCluster"], code: $0) }

    /// All of them.
    package static let passing =
        [
            clusterNotVisibleYet, serviceLinkedRoleNotReady, roleNotPropagated, targetGroupNotReachableYet,
            serviceStillDraining, deploymentActive, serviceHasDependents, concurrentRevisions, targetGroupStillInUse,
            clusterUpdateInProgress,
        ] + clusterNotEmptyYet
}
