import AttributeTree

extension World {
    /// Starts and stops what the plan for the service says. Returns whether it could do any of it.
    mutating func carryOutPlan(for arn: String, tasks arns: [String], at now: Moment) -> Bool {
        guard let service = containers.services[arn], let primary = service.primary else { return false }
        let tasks = arns.compactMap { containers.tasks[$0] }
        var candidates = StopCandidates()
        for task in tasks where task.isWanted {
            let condition = condition(of: task, gracePeriod: service.gracePeriod, at: now)
            candidates.add(task, condition, isOfPrimary: task.startedBy == primary.id)
        }
        var plan = DeploymentPlan(
            service.limits, primary: candidates.primaryCounts, superseded: candidates.supersededCounts,
            hasFailed: primary.rolloutState == .failed && service.status == .active)
        if let next = primary.nextStartAt, now < next { plan.start = 0 }
        if plan.isBlocked, !tasks.contains(where: { $0.lastStatus < .stopped && !$0.isWanted }) {
            containers.services[arn]?.tellOnce(.blocked, at: now)
        }
        guard !plan.isEmpty else { return false }
        let chosen = candidates.chosen(by: plan)
        stop(chosen, of: service, primary, at: now)
        return start(plan.start, of: service, at: now) || !chosen.isEmpty
    }

    private mutating func stop(
        _ chosen: [StopCandidates.Candidate], of service: ServiceRecord, _ primary: DeploymentRecord, at now: Moment
    ) {
        guard !chosen.isEmpty else { return }
        for candidate in chosen {
            if case .unhealthy(let cause) = candidate.condition {
                stopTask(candidate.task.arn, .unhealthy(cause), at: now)
            } else {
                stopTask(candidate.task.arn, .scaling(primary), at: now)
            }
        }
        let tasks = chosen.map(\.task)
        let draining = tasks.filter { containers.tasks[$0.arn]?.lastStatus == .deactivating }
        if !draining.isEmpty { containers.services[service.arn]?.tell(.draining(draining), at: now) }
        containers.services[service.arn]?.tell(.stopped(tasks), at: now)
    }

    /// Returns whether any was started.
    private mutating func start(_ count: Int, of service: ServiceRecord, at now: Moment) -> Bool {
        guard count > 0, let primary = service.primary,
            let cluster = containers.clusters[service.clusterARN],
            let definition = containers.taskDefinitions[primary.taskDefinitionARN]
        else { return false }
        if let reason = whyNotLaunched(with: primary.settings.value) {
            containers.services[service.arn]?.tellOnce(.notLaunched(because: reason), at: now)
            return false
        }
        var started: [TaskRecord] = []
        for number in 1...count {
            let id = DerivedID("\(primary.id) \(primary.startedTasks + number)").hex(32)
            started.append(
                startTask(
                    TaskRequest(
                        id: id, cluster: cluster, definition: definition, group: "service:\(service.name)",
                        startedBy: primary.id, serviceARN: service.arn, settings: primary.settings.value,
                        tags: service.taskTags(definition, cluster: cluster),
                        registrations: service.registrations(of: primary)),
                    at: now))
        }
        guard var changed = containers.services[service.arn],
            let index = changed.deployments.firstIndex(where: { $0.id == primary.id })
        else { return true }
        changed.deployments[index].startedTasks += count
        changed.tell(.started(started), at: now)
        containers.services[service.arn] = changed
        return true
    }
}

/// The wanted tasks of a service, from which a plan takes those to stop.
struct StopCandidates: Sendable {
    struct Candidate: Sendable {
        var task: TaskRecord
        var condition: TaskCondition
        var isOfPrimary: Bool
    }

    private var all: [Candidate] = []

    var primaryCounts: DeploymentPlan.Counts { counts(ofPrimary: true) }
    var supersededCounts: DeploymentPlan.Counts { counts(ofPrimary: false) }

    mutating func add(_ task: TaskRecord, _ condition: TaskCondition, isOfPrimary: Bool) {
        all.append(Candidate(task: task, condition: condition, isOfPrimary: isOfPrimary))
    }

    private func counts(ofPrimary isOfPrimary: Bool) -> DeploymentPlan.Counts {
        all.reduce(into: DeploymentPlan.Counts()) { counts, candidate in
            if candidate.isOfPrimary == isOfPrimary { counts[keyPath: candidate.condition.count] += 1 }
        }
    }

    /// Of each kind as many as the plan says: from the zone with the most tasks, the newest first.
    func chosen(by plan: DeploymentPlan) -> [Candidate] {
        var zones = Dictionary(grouping: all, by: \.task.zone).mapValues(\.count)
        var left = all
        var chosen: [Candidate] = []
        for (isOfPrimary, counts) in [(false, plan.stopOfSuperseded), (true, plan.stopOfPrimary)] {
            for kind in DeploymentPlan.Counts.kinds {
                for _ in 0..<counts[keyPath: kind] {
                    let fitting = left.indices.filter {
                        left[$0].isOfPrimary == isOfPrimary && left[$0].condition.count == kind
                    }
                    let best = fitting.max { first, second in
                        let (first, second) = (left[first].task, left[second].task)
                        return (zones[first.zone] ?? 0, first.createdAt, first.id)
                            < (zones[second.zone] ?? 0, second.createdAt, second.id)
                    }
                    guard let best else { break }
                    zones[left[best].task.zone, default: 0] -= 1
                    chosen.append(left.remove(at: best))
                }
            }
        }
        return chosen
    }
}

extension DeploymentPlan.Counts {
    fileprivate static var kinds: [WritableKeyPath<Self, Int>] { [\.starting, \.unhealthy, \.waiting, \.healthy] }
}

extension TaskCondition {
    fileprivate var count: WritableKeyPath<DeploymentPlan.Counts, Int> {
        switch self {
        case .starting: \.starting
        case .waiting: \.waiting
        case .healthy: \.healthy
        case .unhealthy: \.unhealthy
        }
    }
}

extension ServiceRecord {
    fileprivate var limits: DeploymentPlan.Limits {
        let configuration = settings["deploymentConfiguration"]
        let isDaemon = settings["schedulingStrategy"]?.stringValue == "DAEMON"
        return DeploymentPlan.Limits(
            desired: wantedCount,
            minimumHealthyPercent: configuration?["minimumHealthyPercent"]?.intValue ?? (isDaemon ? 0 : 100),
            maximumPercent: configuration?["maximumPercent"]?.intValue ?? (isDaemon ? 100 : 200))
    }

    fileprivate func registrations(of deployment: DeploymentRecord) -> [TaskRecord.Registration] {
        (deployment.settings["loadBalancers"]?.listValue ?? []).compactMap { balancer in
            guard let group = balancer["targetGroupArn"]?.stringValue,
                let container = balancer["containerName"]?.stringValue, let port = balancer["containerPort"]?.intValue
            else { return nil }
            return TaskRecord.Registration(
                targetGroupARN: group, containerName: container, port: port, isRegistered: false)
        }
    }

    /// What `propagateTags` and `enableECSManagedTags` ask for.
    fileprivate func taskTags(_ definition: TaskDefinitionRecord, cluster: ClusterRecord) -> Tags {
        var tags: Tags
        switch settings["propagateTags"]?.stringValue {
        case "SERVICE": tags = self.tags
        case "TASK_DEFINITION": tags = definition.tags
        default: tags = Tags()
        }
        if settings["enableECSManagedTags"]?.boolValue ?? false {
            tags.values["aws:ecs:clusterName"] = cluster.name
            tags.values["aws:ecs:serviceName"] = name
        }
        return tags
    }
}
