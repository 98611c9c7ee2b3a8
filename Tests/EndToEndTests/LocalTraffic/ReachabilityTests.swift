import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// When requests reach tasks, and what is answered when they do not.
    @Suite struct ReachabilityTests {
        @Test(
            "A listener that forwards elsewhere answers 503, whatever tasks run",
            PythonPrograms.areInstalled())
        func listenerElsewhere() async throws {
            try await WebStage.with { web in
                try await web.create()
                let tasks = try await web.tasks()
                let elsewhere = try await web.stage.createQuickTargetGroup("elsewhere")
                try await web.forward(to: elsewhere)
                try await eventually("the end of traffic") { try await web.get().status != 200 }

                let (_, traffic) = try await Traffic.run {
                    try await web.get()
                } during: {
                    let targets = try await web.targets()
                    #expect(Set(targets.values) == ["unused (Target.NotInUse)"])
                    for task in tasks {
                        let answer = try await LoopbackRequest(address: task.address, port: 8080).send()
                        #expect(answer.task == task.id, "the task is there, and nobody sends to it")
                    }
                }
                #expect(traffic.failureStatuses == [503])
                #expect(traffic.requests.allSatisfy { $0.answer?.body.contains("503 Service Temporarily") == true })

                try await web.forward(to: web.targetGroup)
                try await eventually("traffic") { try await web.get().status == 200 }
                #expect(Set(try await web.tasks().map(\.id)) == Set(tasks.map(\.id)))
            }
        }

        @Test(
            "A service without a load balancer runs, and its tasks are reached by their addresses",
            PythonPrograms.areInstalled())
        func noLoadBalancer() async throws {
            try await WebStage.with { web in
                try await web.create([:], ["loadBalancers": nil])
                let tasks = try await web.tasks()
                #expect(tasks.count == 2)
                for task in tasks {
                    let answer = try await LoopbackRequest(address: task.address, port: 8080).send()
                    #expect(answer.task == task.id)
                }
                #expect(try await web.get().status == 503, "the target group has nobody")
            }
        }

        @Test(
            "Without a healthy target all targets are sent to; one that is healthy has all requests; none gives 503",
            PythonPrograms.areInstalled())
        func noHealthyTarget() async throws {
            try await WebStage.with { web in
                #expect(try await web.get().status == 503, "no target is registered")
                let unhealthy = try await web.createUnhealthyTasks()
                var traffic = try await web.traffic { try await web.sees(unhealthy, answering: true) }
                #expect(traffic.failures == [], "the load balancer fails open")

                let healthy = try await web.runTask()
                traffic = try await web.traffic { try await web.sees([healthy.id], answering: false) }
                #expect(traffic.failures == [])

                try await web.register(healthy)
                try await eventually("traffic at the healthy one alone") {
                    let tasks = try await web.answeringTasks()
                    return tasks == [healthy.id]
                }
                try await web.update(["desiredCount": 0])
                try await web.deregister(healthy)
                try await eventually("the last target's end") { try await web.get().status != 200 }
                #expect(try await web.get().status == 503)
            }
        }

        @Test("A target at which nobody listens gives 502", PythonPrograms.areInstalled())
        func nobodyListens() async throws {
            try await WebStage.with { web in
                var task = try await web.runTask()
                task.port = 9
                try await web.register(task)
                try await eventually("the target's end of registration") {
                    try await web.targets() == [task.address: "unhealthy (Target.FailedHealthChecks)"]
                }
                let answer = try await web.get()
                #expect(answer.status == 502)
                #expect(answer.body.contains("502 Bad Gateway"))
            }
        }
    }
}

extension WebStage {
    /// Has the listener forward to a target group.
    fileprivate func forward(to targetGroup: AttributeValue) async throws {
        try await boto3(
            "elbv2", "modify_listener",
            ["ListenerArn": listener, "DefaultActions": [["Type": "forward", "TargetGroupArn": targetGroup]]])
    }

    /// Creates a service of two tasks that answer but fail their health checks, which nobody holds against them.
    ///
    /// - Returns: their ids, when the load balancer knows.
    fileprivate func createUnhealthyTasks() async throws -> Set<String> {
        let revision = try await stage.register(BotoStage.hello(["HELLO_HEALTH": "fail"]))
        try await boto3(
            "ecs", "create_service", service(revision).but(["healthCheckGracePeriodSeconds": 1_000_000]))
        try await eventually("unhealthy targets") {
            try await targets().values.sorted()
                == [String](
                    repeating: "unhealthy (Target.ResponseCodeMismatch)", count: 2)
        }
        return Set(try await tasks().map(\.id))
    }

    /// Runs a healthy task that is no target.
    fileprivate func runTask() async throws -> DescribedTask {
        let revision = try await stage.register(BotoStage.hello())
        let answer = try await boto3(
            "ecs", "run_task",
            [
                "cluster": "walk", "taskDefinition": revision, "launchType": "FARGATE",
                "networkConfiguration": ["awsvpcConfiguration": stage.awsvpcConfiguration],
            ])
        let id = DescribedTask(answer["tasks"]?[0] ?? .null).id
        return try await eventually("the task's start") {
            try await task(id)
        } until: {
            $0.status == "RUNNING"
        }
    }

    fileprivate func register(_ task: DescribedTask) async throws {
        try await boto3("elbv2", "register_targets", target(task))
    }

    fileprivate func deregister(_ task: DescribedTask) async throws {
        try await boto3("elbv2", "deregister_targets", target(task))
    }

    private func target(_ task: DescribedTask) -> AttributeValue {
        ["TargetGroupArn": targetGroup, "Targets": [["Id": .string(task.address), "Port": .int(task.port)]]]
    }

    /// Which tasks answer twenty requests.
    fileprivate func answeringTasks() async throws -> Set<String> {
        var tasks: Set<String> = []
        for _ in 0..<20 { if let task = try await get().task { tasks.insert(task) } }
        return tasks
    }

    /// Expects that all of these tasks answer requests, or none of them.
    fileprivate func sees(_ tasks: Set<String>, answering: Bool) async throws {
        let seen = try await answeringTasks().intersection(tasks)
        #expect(seen == (answering ? tasks : []))
    }
}
