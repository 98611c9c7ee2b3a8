extension Cause {
    /// Why no task is started at all.
    static let placement = [
        Cause(
            "no-instances",
            .event([["unable to place a task", "no container instances"], ["No Container Instances were found"]])
        ) { _ in
            "the cluster has no instances to run tasks on"
        } remedy: { _ in
            "add instances or a capacity provider to it, or use `launchType: FARGATE`"
        },
        Cause(
            "instances-too-small",
            .event([
                ["unable to place a task", "insufficient"], ["unable to place a task", "no container instance met"],
            ])
        ) { _ in
            "no instance of the cluster has enough left for another task"
        } remedy: { _ in
            "add instances, or lower `cpu` and `memory` of the task definition; the event names what is short"
        },
        Cause(
            "task-limit",
            .event([["reached the limit on the number of tasks"], ["limit on the number of vCPUs"], ["vCPU", "limit"]])
        ) { _ in
            "the account may not run more tasks"
        } remedy: { _ in
            "ask for a higher quota of Fargate vCPUs in Service Quotas, or stop what is not needed"
        },
        Cause(
            "no-capacity",
            .event([["Capacity is unavailable"], ["unable to place a task", "capacity"]])
        ) { _ in
            "AWS has no capacity for another task here now"
        } remedy: { _ in
            "wait, or give the service subnets in more availability zones, or another capacity provider"
        },
        Cause(
            "cannot-launch", .event([["failed to launch a task"], ["unable to place a task"]])
        ) { _ in
            "ECS cannot start a task"
        } remedy: { _ in
            "the event says why"
        },
    ]
}
