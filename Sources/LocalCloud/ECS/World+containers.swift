extension World {
    /// Lets the tasks and the scheduler of each service come to rest at this time.
    mutating func advanceContainers(to now: Moment) {
        // What one round does may make the next possible: a stop makes room for a start.
        for _ in 0..<8 {
            guard advanceContainersOnce(to: now) else { break }
        }
        forgetStoppedTasks(at: now)
    }

    private mutating func advanceContainersOnce(to now: Moment) -> Bool {
        var isChanged = false
        var tasks: [String: [String]] = [:]
        for task in containers.tasks.values where task.lastStatus != .stopped {
            if let service = task.serviceARN {
                tasks[service, default: []].append(task.arn)
            } else if advanceTask(task.arn, to: now) {
                isChanged = true
            }
        }
        for service in containers.services.values where service.status != .inactive {
            if advanceService(service.arn, tasks: tasks[service.arn] ?? [], at: now) { isChanged = true }
        }
        return isChanged
    }

    private mutating func forgetStoppedTasks(at now: Moment) {
        let isForgotten = { (task: TaskRecord) in
            task.lastStatus == .stopped && now >= task.lastStatusAt + TaskLifecycle.memory
        }
        guard containers.tasks.values.contains(where: isForgotten) else { return }
        containers.tasks.removeAll(where: isForgotten)
    }

    /// When a task or a service will change by itself.
    func nextContainerChange(after now: Moment) -> Moment? {
        let tasks = containers.tasks.values.lazy.compactMap { nextChange(of: $0, after: now) }.min()
        let starts = containers.services.values.lazy.compactMap { $0.primary?.nextStartAt }.filter { $0 > now }.min()
        return [tasks, starts].compactMap { $0 }.min()
    }
}
