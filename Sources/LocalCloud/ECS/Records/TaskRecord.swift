package import TaskRunning

/// A task: what was asked for, how far it is, and what became of it.
package struct TaskRecord: Sendable, Codable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        case provisioning = "PROVISIONING", pending = "PENDING", activating = "ACTIVATING", running = "RUNNING"
        case deactivating = "DEACTIVATING", stopping = "STOPPING", deprovisioning = "DEPROVISIONING", stopped =
            "STOPPED"
    }
    package enum Health: String, Sendable, Codable {
        case unknown = "UNKNOWN", healthy = "HEALTHY", unhealthy = "UNHEALTHY"
    }
    package enum StopCode: String, Sendable, Codable {
        case failedToStart = "TaskFailedToStart", essentialContainerExited = "EssentialContainerExited"
        case userInitiated = "UserInitiated", serviceScheduler = "ServiceSchedulerInitiated"
    }

    /// 32 hexadecimal digits.
    package var id: String
    package var arn: String
    package var clusterARN: String
    package var taskDefinitionARN: String
    /// `service:web` or `family:web`.
    package var group: String
    /// The id of the deployment, for a task of a service.
    package var startedBy: String?
    package var serviceARN: String?
    package var lastStatus: Status
    /// Since when.
    package var lastStatusAt: Moment
    /// Whether it should run: what the API calls `desiredStatus` is RUNNING or STOPPED.
    package var isWanted: Bool
    package var health: Health
    /// Whether it ever counted as healthy to its service.
    package var hasBeenHealthy = false
    package var containers: [ContainerRecord]
    package var stopCode: StopCode?
    package var stoppedReason: String?

    package var createdAt: Moment
    package var pullStartedAt: Moment?
    package var pullStoppedAt: Moment?
    package var startedAt: Moment?
    package var stoppingAt: Moment?
    package var executionStoppedAt: Moment?
    package var stoppedAt: Moment?

    /// Launch type or capacity provider, platform version, overrides, tags and what else `DescribeTasks` tells as it was
    /// asked for.
    package var settings: Document
    package var tags: Tags
    package var subnetID: String?
    package var zone: String
    package var loopbackAddress: String
    /// What its containers share, once it has been prepared.
    package var place: TaskPlace?
    /// Where its targets are registered, and at which ports.
    package var registrations: [Registration]
    /// Counts changes.
    package var version: Int
    /// The call with a token that started it.
    package var origin: Origin?

    /// A call that, repeated with its token, starts nothing more.
    package struct Origin: Sendable, Codable, Hashable {
        package var clientToken: String
        package var call: Document
    }

    package struct Registration: Sendable, Codable, Hashable {
        package var targetGroupARN: String
        package var containerName: String
        package var port: Int
        /// Whether it has been registered and not deregistered since.
        package var isRegistered: Bool
    }
}

extension TaskRecord.Status: Comparable {
    /// A task only ever goes forward.
    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension TaskRecord.Status {
    /// Whether it has not reached RUNNING.
    package var isStarting: Bool {
        switch self {
        case .provisioning, .pending, .activating: true
        case .running, .deactivating, .stopping, .deprovisioning, .stopped: false
        }
    }
}

/// A container of a task.
package struct ContainerRecord: Sendable, Codable {
    package var name: String
    package var image: String
    /// PENDING, RUNNING or STOPPED.
    package var lastStatus: TaskRecord.Status
    package var health: TaskRecord.Health
    package var exitCode: Int?
    package var reason: String?
    package var handle: ContainerHandle?
    package var startedAt: Moment?
    package var endedAt: Moment?
    package var logGroup: String?
    package var logStream: String?
    /// When its health check runs next; `nil` when it has none, or does not run.
    package var nextCheckAt: Moment?
    /// Whether the check is due, and whoever runs containers has not told its result yet.
    package var isCheckDue = false
    /// In a row.
    package var failedChecks = 0
}
