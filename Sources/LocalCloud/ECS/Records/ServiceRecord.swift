import AttributeTree

/// A service, with its deployments.
package struct ServiceRecord: Sendable, Codable {
    package enum Status: String, Sendable, Codable {
        case active = "ACTIVE", draining = "DRAINING", inactive = "INACTIVE"
    }

    /// What `CreateService` and `UpdateService` set, as a whole: `desiredCount`, `taskDefinition` (an ARN with its
    /// revision), `launchType`, `loadBalancers`, `networkConfiguration`, `deploymentConfiguration` and so on, with AWS's
    /// defaults filled in.
    package var settings: Document
    package var arn: String
    package var name: String
    package var clusterARN: String
    package var status: Status
    package var createdAt: Moment
    package var createdBy: String
    package var clientToken: String?
    /// The call that created it, but for the token: what a repetition has to be the same as.
    package var creation: Document?
    /// When the last of its tasks was gone after it was deleted.
    package var inactiveSince: Moment?
    package var tags: Tags
    /// Newest first: the primary, those it takes the place of, and failed ones for a while.
    package var deployments: [DeploymentRecord]
    /// Newest first, 100 at most.
    package var events: [ServiceEvent]
    /// The last revision that was completely deployed: where a rollback leads.
    package var completedRevisionARN: String?
    /// Whether the last event that tells of it said that nothing is left to do.
    package var isSteady = false

    package var desiredCount: Int { settings["desiredCount"]?.intValue ?? 0 }
    package var primary: DeploymentRecord? { deployments.first { $0.status == .primary } }
}

/// One attempt to bring a service to a revision.
package struct DeploymentRecord: Sendable, Codable {
    package enum Status: String, Sendable, Codable {
        case primary = "PRIMARY", active = "ACTIVE", inactive = "INACTIVE"
    }
    package enum RolloutState: String, Sendable, Codable {
        case inProgress = "IN_PROGRESS", completed = "COMPLETED", failed = "FAILED"
    }

    /// `ecs-svc/1234567890123456789`; tasks carry it as `startedBy`.
    package var id: String
    package var status: Status
    package var rolloutState: RolloutState
    package var rolloutStateReason: String
    package var taskDefinitionARN: String
    /// The settings of the service that its tasks were started with.
    package var settings: Document
    package var desiredCount: Int
    package var createdAt: Moment
    package var updatedAt: Moment
    /// Failed since a task was last healthy: what the circuit breaker counts.
    package var failedTasks: Int
    /// As ``failedTasks``, whether or not the breaker begins anew with a healthy task: what the back-off goes by.
    package var consecutiveFailures = 0
    /// Ever started: what the ids of its tasks are derived from.
    package var startedTasks = 0
    /// Whether this deployment undoes another.
    package var isRollback: Bool
    /// Before this, no task is started: back-off after tasks that failed to start.
    package var nextStartAt: Moment?
    /// The service deployment that tells of it in `DescribeServiceDeployments`.
    package var serviceDeploymentARN: String
    package var serviceRevisionARN: String
}

/// A line of a service's history, in ECS's words.
package struct ServiceEvent: Sendable, Codable {
    package var id: String
    package var createdAt: Moment
    package var message: String
}

/// What `DescribeServiceDeployments` tells.
package struct ServiceDeploymentRecord: Sendable, Codable {
    package enum Status: String, Sendable, Codable {
        case pending = "PENDING", inProgress = "IN_PROGRESS", successful = "SUCCESSFUL", stopRequested =
            "STOP_REQUESTED"
        case stopped = "STOPPED", rollbackRequested = "ROLLBACK_REQUESTED", rollbackInProgress = "ROLLBACK_IN_PROGRESS"
        case rollbackSuccessful = "ROLLBACK_SUCCESSFUL", rollbackFailed = "ROLLBACK_FAILED"
    }

    package var arn: String
    package var serviceARN: String
    package var clusterARN: String
    package var status: Status
    package var statusReason: String?
    package var createdAt: Moment
    package var startedAt: Moment?
    package var finishedAt: Moment?
    package var updatedAt: Moment
    package var stoppedAt: Moment?
    package var sourceRevisionARNs: [String]
    package var targetRevisionARN: String
    package var rollbackRevisionARN: String?
    package var rollbackReason: String?
    package var rollbackStartedAt: Moment?
    package var deploymentConfiguration: Document
    /// Of the circuit breaker.
    package var failureCount: Int
    package var isBreakerTriggered: Bool
}

/// What `DescribeServiceRevisions` tells: the settings of a service at one time.
package struct ServiceRevisionRecord: Sendable, Codable {
    package var arn: String
    package var serviceARN: String
    package var clusterARN: String
    package var taskDefinitionARN: String
    package var settings: Document
    package var createdAt: Moment
}
