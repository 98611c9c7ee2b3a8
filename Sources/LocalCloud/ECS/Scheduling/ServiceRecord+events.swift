extension ServiceRecord {
    /// Puts a line into the service's history, in ECS's words.
    mutating func tell(_ event: ServiceEventText, at now: Moment) {
        let message = "(service \(name)) \(event.text)"
        let id = DerivedID("\(arn) \(now.secondsSince1970) \(events.first?.id ?? "") \(message)").uuid()
        events.insert(ServiceEvent(id: id, createdAt: now, message: message), at: 0)
        if events.count > 100 { events.removeLast(events.count - 100) }
    }

    /// As ``tell(_:at:)``, unless the same was said in the last six hours.
    mutating func tellOnce(_ event: ServiceEventText, at now: Moment) {
        let message = "(service \(name)) \(event.text)"
        if events.contains(where: { $0.message == message && now - $0.createdAt < 6 * 3600 }) { return }
        tell(event, at: now)
    }
}

/// What ECS says of what it does for a service.
struct ServiceEventText: Sendable {
    var text: String

    static let steady = Self(text: "has reached a steady state.")
    static let blocked = Self(
        text: "was unable to stop or start tasks during a deployment because of the service deployment configuration. "
            + "Update the minimumHealthyPercent or maximumPercent value and try again.")
    static let backingOff = Self(
        text: "is unable to consistently start tasks successfully. For more information, see the Troubleshooting "
            + "section of the Amazon ECS Developer Guide.")

    static func started(_ tasks: [TaskRecord]) -> Self {
        Self(text: "has started \(tasks.count) tasks: \(list(tasks)).")
    }

    static func notLaunched(because reason: String) -> Self {
        Self(text: "failed to launch a task with (error \(reason)).")
    }

    static func stopped(_ tasks: [TaskRecord]) -> Self {
        Self(text: "has stopped \(tasks.count) running tasks: \(list(tasks)).")
    }

    static func draining(_ tasks: [TaskRecord]) -> Self {
        Self(text: "has begun draining connections on \(tasks.count) tasks.")
    }

    static func registered(_ count: Int, in targetGroup: String) -> Self {
        Self(text: "registered \(count) targets in (target-group \(targetGroup))")
    }

    static func deregistered(_ count: Int, in targetGroup: String) -> Self {
        Self(text: "deregistered \(count) targets in (target-group \(targetGroup))")
    }

    static func unhealthy(port: Int, in targetGroup: String, because reason: String) -> Self {
        Self(text: "(port \(port)) is unhealthy in (target-group \(targetGroup)) due to (reason \(reason))")
    }

    static func failedContainerChecks(_ task: TaskRecord) -> Self {
        Self(text: "(task \(task.id)) failed container health checks.")
    }

    static func completed(_ deployment: DeploymentRecord) -> Self {
        Self(text: "(deployment \(deployment.id)) deployment completed.")
    }

    static func failed(_ deployment: DeploymentRecord) -> Self {
        Self(text: "(deployment \(deployment.id)) deployment failed: tasks failed to start.")
    }

    static func rollingBack(to deployment: DeploymentRecord) -> Self {
        Self(text: "rolling back to deployment \(deployment.id).")
    }

    private static func list(_ tasks: [TaskRecord]) -> String {
        tasks.map { "(task \($0.id))" }.joined(separator: " ")
    }
}
