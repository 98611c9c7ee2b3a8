extension Cause {
    /// What tasks do once they run.
    static let running = [
        Cause(
            "out-of-memory", .stopped([["OutOfMemory"], ["oom-kill"], ["Container killed due to memory usage"]])
        ) {
            "\($0.containerName) needs more memory than it may have"
        } remedy: { _ in
            "raise `memory` of the container or of the task definition, or have the program use less"
        },
        Cause("killed", .exited { $0 == 137 }) {
            "\($0.containerName) was killed, most likely for using more memory than it may"
        } remedy: { _ in
            "raise `memory` of the task definition; or, if it was stopping, have it end within `stopTimeout` seconds of "
                + "SIGTERM"
        },
        Cause(
            "container-unhealthy", .stopped([["failed container health checks"]])
        ) { _ in
            "the health check of a container fails"
        } remedy: { _ in
            "run the command of its `healthCheck` in the container by hand, and raise `startPeriod` if it starts slowly"
        },
        Cause("ended-well", .exited { $0 == 0 }) {
            "\($0.containerName) ends by itself, with 0, as a job does; a service starts it again for ever"
        } remedy: { _ in
            "have its program stay in the foreground, or write `essential: false` for a container that only prepares"
        },
        Cause("exited", .exited { $0 > 0 }) {
            "\($0.containerName) ends by itself, with exit code \($0.container?.exitCode ?? 1)"
        } remedy: { seen in
            seen.evidence.logs.allSatisfy(\.lines.isEmpty)
                ? "run image \(seen.image) by hand with the container's environment; with `awslogs` in "
                    + "`logConfiguration` its last words would be here"
                : "its last words are below"
        },
        Cause("spot-interruption", .whileShort(.stopCode("SpotInterruption"))) { _ in
            "tasks on Spot capacity are interrupted"
        } remedy: { _ in
            "wait for more Spot capacity, or give FARGATE a `base` or `weight` in `capacityProviderStrategy`"
        },
        Cause(
            "instance-lost",
            .whileShort(
                .any([
                    .stopCode("InfrastructureHealth"),
                    .stopped([["Host EC2", "terminated"], ["Host EC2", "stopped"]]),
                ]))
        ) { _ in
            "the machine under a task went away"
        } remedy: { _ in
            "ECS starts another task by itself; look at the instance, or its auto scaling group, when it goes on"
        },
        Cause("stopped-by-user", .whileShort(.stopCode("UserInitiated"))) { _ in
            "somebody stops tasks of this deployment"
        } remedy: { _ in
            "find who: CloudTrail has the StopTask calls"
        },
    ]
}
