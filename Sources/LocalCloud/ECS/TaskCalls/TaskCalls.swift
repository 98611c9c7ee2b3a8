import AttributeTree

/// The operations on tasks.
enum TaskCalls {
    static let operations: [String: OperationHandler] = [
        "RunTask": run, "StopTask": stop, "DescribeTasks": describe, "ListTasks": list,
        "ExecuteCommand": executeCommand,
    ]

    /// A task that is being stopped, or has stopped, is answered as it is.
    private static func stop(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let task = try world.namedTask(input)
        let reason = input["reason"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        if (reason ?? "").count > 1024 { throw .invalidParameter("reason longer than 1024.") }
        world.stopTask(task.arn, .user(reason), at: context.now)
        // As AWS says of this call, and of no other way in which a task ends.
        world.containers.tasks[task.arn]?.tags = Tags()
        return ["task": (world.containers.tasks[task.arn] ?? task).description(in: world)]
    }

    /// There is no agent here that could run a command in a container: the answer is that of AWS where the agent does
    /// not run.
    private static func executeCommand(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let task = try world.namedTask(input)
        let name = input["container"]?.stringValue
        if name == nil, task.containers.count > 1 {
            throw .invalidParameter("A container name is required for tasks with multiple containers.")
        }
        if let name, !task.containers.contains(where: { $0.name == name }) {
            throw .invalidParameter("The referenced container was not found in the task.")
        }
        guard task.settings["enableExecuteCommand"] == true else {
            throw .invalidParameter(
                "The execute command failed because execute command was not enabled when the task was run or the "
                    + "execute command agent isn’t running. Wait and try again or run a new task with execute command "
                    + "enabled and try again.")
        }
        throw CloudFault(
            "TargetNotConnectedException", "The execute command failed due to an internal error. Try again later.")
    }
}

extension World {
    /// The ARN that an id or an ARN of a task stands for.
    ///
    /// - Throws: What is neither.
    func taskARN(_ reference: String, in cluster: ClusterRecord) throws(CloudFault) -> String {
        if reference.hasPrefix("arn:") {
            guard reference.contains(":task/") else { throw .invalidParameter("Invalid identifier: \(reference)") }
            return reference
        }
        guard [32, 36].contains(reference.utf8.count) else {
            throw .invalidParameter("taskId length should be one of [32,36]")
        }
        return account.arn("ecs", "task/\(cluster.name)/\(reference)")
    }

    /// The one that `task` of a call names.
    fileprivate func namedTask(_ input: AttributeValue) throws(CloudFault) -> TaskRecord {
        let cluster = try activeCluster(input["cluster"])
        let arn = try taskARN(input["task"]?.stringValue ?? "", in: cluster)
        guard let task = containers.tasks[arn], task.clusterARN == cluster.arn else {
            throw .invalidParameter("The referenced task was not found.")
        }
        return task
    }
}
