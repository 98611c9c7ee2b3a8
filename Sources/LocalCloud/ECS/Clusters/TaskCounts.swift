import AttributeTree

/// How many tasks there are of everything, counted in one walk over all tasks.
struct TaskCounts: Sendable {
    struct Count: Sendable, Equatable {
        var running = 0
        /// On their way to running.
        var pending = 0
        /// On their way from running.
        var stopping = 0

        static let none = Count()
        var isAny: Bool { running + pending + stopping > 0 }
    }

    private(set) var inClusters: [String: Count] = [:]
    private(set) var ofServices: [String: Count] = [:]
    /// By the deployment's id.
    private(set) var ofDeployments: [String: Count] = [:]
    /// Services of a cluster that are not INACTIVE.
    private(set) var services: [String: Int] = [:]

    init(_ world: World) {
        for task in world.containers.tasks.values where task.lastStatus != .stopped {
            inClusters[task.clusterARN, default: .none].add(task)
            guard let service = task.serviceARN else { continue }
            ofServices[service, default: .none].add(task)
            if let deployment = task.startedBy { ofDeployments[deployment, default: .none].add(task) }
        }
        for service in world.containers.services.values where service.status != .inactive {
            services[service.clusterARN, default: 0] += 1
        }
    }

    /// What `DescribeClusters` calls statistics; all tasks are counted as Fargate's.
    func statistics(ofCluster arn: String) -> AttributeValue {
        let tasks = inClusters[arn, default: .none]
        let values = [
            ("runningEC2TasksCount", 0), ("runningFargateTasksCount", tasks.running), ("pendingEC2TasksCount", 0),
            ("pendingFargateTasksCount", tasks.pending), ("activeEC2ServiceCount", 0),
            ("activeFargateServiceCount", services[arn, default: 0]), ("drainingEC2ServiceCount", 0),
            ("drainingFargateServiceCount", 0),
        ]
        return .list(values.map { ["name": .string($0.0), "value": .string(String($0.1))] })
    }
}

extension TaskCounts.Count {
    fileprivate mutating func add(_ task: TaskRecord) {
        switch task.lastStatus {
        case .provisioning, .pending, .activating: pending += 1
        case .running: running += 1
        case .deactivating, .stopping, .deprovisioning: stopping += 1
        case .stopped: break
        }
    }
}
