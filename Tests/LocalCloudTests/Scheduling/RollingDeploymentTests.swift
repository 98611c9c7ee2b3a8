import AttributeTree
import TaskRunning
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.medium))
struct RollingDeploymentTests {
    @Test("a new service starts its tasks, registers them, and is steady when their targets are healthy")
    func begins() throws {
        var stage = ServiceStage(desired: 2)
        _ = try #require(stage.run { $0.service.isSteady })
        #expect(stage.healthy.count == 2)
        #expect(stage.service.primary?.rolloutState == .completed)
        #expect(stage.serviceDeployments.map(\.status) == [.successful])
        #expect(Set(stage.tasks.map(\.zone)).count == 2, "tasks are spread over zones")
        let ids = stage.tasks.map(\.id)
        let group = ServiceStage.targetGroup
        #expect(
            stage.messages == [
                "(service web) has started 2 tasks: (task \(ids[0])) (task \(ids[1])).",
                "(service web) registered 1 targets in (target-group \(group))",
                "(service web) registered 1 targets in (target-group \(group))",
                "(service web) (deployment \(stage.service.deployments[0].id)) deployment completed.",
                "(service web) has reached a steady state.",
            ])
    }

    @Test("no task is launched where a security group of the service is gone, which is said once")
    func isNotLaunched() throws {
        var stage = ServiceStage(desired: 1)
        _ = try #require(stage.run { $0.service.isSteady })
        var service = stage.service
        service.settings["networkConfiguration"] = [
            "awsvpcConfiguration": [
                "subnets": [.string(stage.world.network.subnets[0].id)], "securityGroups": ["sg-gone"],
            ]
        ]
        stage.world.startDeployment(of: &service, at: stage.now, ids: stage.ids)
        stage.world.containers.services[service.arn] = service
        stage.run(seconds: 30)
        #expect(stage.tasks.count == 1)
        #expect(stage.healthy.count == 1, "what runs goes on serving")
        #expect(
            stage.messages.suffix(1) == [
                "(service web) failed to launch a task with (error Error retrieving security group information for "
                    + "[sg-gone]: The security group 'sg-gone' does not exist (ErrorCode: InvalidGroup.NotFound))."
            ])
    }

    /// A line each for the tasks of the first and of the second revision that are wanted, a digit each second.
    @Test("tasks of before stop as new ones are healthy, and are gone after their targets have drained")
    func rolls() throws {
        var stage = ServiceStage(desired: 2)
        _ = stage.run { $0.service.isSteady }
        stage.deploy(revision: 2)
        var before = ""
        var new = ""
        stage.run(seconds: 10) { stage in
            before += "\(stage.wanted(ofRevision: 1).count)"
            new += "\(stage.wanted(ofRevision: 2).count)"
            #expect(stage.healthy.count >= 2)
        }
        #expect(before == "2200000000")
        #expect(new == "2222222222")
        let stopped = try #require(stage.tasks.first { !$0.isWanted })
        #expect(stopped.stopCode == .serviceScheduler)
        let deployment = stage.service.deployments[0]
        #expect(stopped.stoppedReason == "Scaling activity initiated by (deployment \(deployment.id))")
        let drained = try #require(stopped.executionStoppedAt) - (try #require(stopped.stoppingAt))
        #expect(drained >= 3, "the deregistration delay")
        #expect(stage.service.deployments.count == 1)
        #expect(stage.service.isSteady)
        #expect(stage.serviceDeployments.map(\.status) == [.successful, .successful])
    }

    @Test("a task passes through all its states")
    func states() {
        var stage = ServiceStage(desired: 1)
        var seen: [TaskRecord.Status] = []
        let arn = stage.tasks[0].arn
        let see = { (stage: ServiceStage) in
            if let status = stage.world.containers.tasks[arn]?.lastStatus, seen.last != status { seen.append(status) }
        }
        see(stage)
        stage.run(seconds: 6, watch: see)
        stage.scale(to: 0)
        see(stage)
        stage.run(seconds: 12, watch: see)
        #expect(seen == TaskRecord.Status.allCases)
        stage.run(seconds: 3600)
        #expect(stage.tasks.isEmpty, "a stopped task is forgotten after an hour")
    }

    @Test("a breaker gives a deployment up after three tasks, and the revision of before stays")
    func breaks() throws {
        var stage = ServiceStage(desired: 2, settings: Self.rollback)
        _ = stage.run { $0.service.isSteady }
        let first = try #require(stage.service.primary)
        let survivors = Set(stage.wanted.map(\.id))
        stage.deploy(revision: 2, behaviour: .cannotBePulled)
        let failed = try #require(stage.service.primary)
        _ = try #require(stage.run { $0.service.primary?.id == first.id })
        let rolledBack = try #require(stage.service.deployments.first { $0.id == failed.id })
        #expect(rolledBack.rolloutState == .failed)
        #expect(rolledBack.rolloutStateReason == "ECS deployment circuit breaker: tasks failed to start.")
        #expect(rolledBack.failedTasks >= 3)
        _ = try #require(stage.run { $0.service.isSteady })
        #expect(Set(stage.wanted.map(\.id)) == survivors, "what served was never touched")
        let told = stage.serviceDeployments[1]
        #expect(told.status == .rollbackSuccessful)
        #expect(told.isBreakerTriggered)
        #expect(told.failureCount >= 3)
        #expect(stage.service.settings["taskDefinition"]?.stringValue == stage.definitionARN(1))
        #expect(
            stage.messages.contains("(service web) (deployment \(failed.id)) deployment failed: tasks failed to start.")
        )
        #expect(stage.messages.contains("(service web) rolling back to deployment \(first.id)."))
    }

    @Test("a rollback starts what an impatient deployment has stopped already")
    func restoresTasks() throws {
        var settings = Self.rollback
        settings["deploymentConfiguration"]?["minimumHealthyPercent"] = 0
        settings["deploymentConfiguration"]?["maximumPercent"] = 100
        var stage = ServiceStage(desired: 2, settings: settings)
        _ = stage.run { $0.service.isSteady }
        stage.deploy(revision: 2, behaviour: .exits(after: 0))
        _ = try #require(stage.run { $0.serviceDeployments[1].status == .rollbackSuccessful })
        #expect(stage.wanted(ofRevision: 1).count == 2)
        #expect(stage.wanted(ofRevision: 2).isEmpty)
    }

    @Test("a wrong health path is the tasks' failure: they are stopped, and the breaker counts them")
    func failsHealthChecks() throws {
        var stage = ServiceStage(desired: 1, settings: Self.rollback)
        _ = stage.run { $0.service.isSteady }
        stage.deploy(revision: 2, behaviour: .answersNotFound)
        _ = try #require(stage.run { $0.serviceDeployments[1].status == .rollbackSuccessful })
        let stopped = stage.tasks.filter { $0.taskDefinitionARN == stage.definitionARN(2) }
        let reason = "Task failed ELB health checks in (target-group \(ServiceStage.targetGroup))"
        #expect(stopped.count { $0.stoppedReason == reason } == 3)
        #expect(
            stage.messages.contains(
                "(service web) (port 8080) is unhealthy in (target-group \(ServiceStage.targetGroup)) due to "
                    + "(reason Health checks failed with these codes: [404])"))
    }

    @Test("without a rollback a broken deployment fails and starts nothing more")
    func failsWithoutRollback() throws {
        var stage = ServiceStage(desired: 2, settings: Self.breaker(rollback: false))
        _ = stage.run { $0.service.isSteady }
        stage.deploy(revision: 2, behaviour: .exits(after: 0))
        _ = try #require(stage.run { $0.service.primary?.rolloutState == .failed })
        let count = stage.tasks.count
        stage.run(seconds: 100)
        #expect(stage.tasks.count == count)
        #expect(stage.healthy.count == 2)
        #expect(stage.serviceDeployments[1].status == .stopped)
    }

    @Test("without a breaker tasks are started again and again, more and more slowly")
    func backsOff() throws {
        var stage = ServiceStage(desired: 1, behaviour: .exits(after: 0))
        stage.run(seconds: 120)
        let early = stage.service.deployments[0].failedTasks
        stage.run(seconds: 3600)
        let late = stage.service.deployments[0].failedTasks
        #expect(early >= 6)
        #expect(late - early <= 8)
        #expect(stage.messages.count { $0.contains("is unable to consistently start tasks successfully") } == 1)
        #expect(stage.service.primary?.rolloutState == .inProgress)
    }

    @Test("a task that is killed is replaced at once")
    func replacesKilled() throws {
        var stage = ServiceStage(desired: 2)
        _ = stage.run { $0.service.isSteady }
        let victim = stage.wanted[0]
        stage.record(.ended(container: "app", exitCode: 137, reason: nil), of: victim)
        #expect(stage.wanted.count == 2)
        #expect(!stage.service.isSteady)
        let killed = try #require(stage.world.containers.tasks[victim.arn])
        #expect(killed.stopCode == .essentialContainerExited)
        #expect(killed.stoppedReason == "Essential container in task exited")
        #expect(killed.containers[0].exitCode == 137)
        _ = try #require(stage.run { $0.service.isSteady })
    }

    @Test("failures in the grace period do not count")
    func grace() {
        var stage = ServiceStage(
            desired: 1, settings: ["healthCheckGracePeriodSeconds": 60], behaviour: .answersNotFound)
        stage.run(seconds: 60)
        #expect(stage.service.deployments[0].failedTasks == 0)
        stage.run(seconds: 10)
        #expect(stage.service.deployments[0].failedTasks == 1)
    }

    @Test("a task that nothing checks counts as healthy forty seconds after it runs")
    func unchecked() throws {
        var stage = ServiceStage(desired: 1, isBalanced: false)
        let seconds = try #require(stage.run { $0.service.isSteady })
        #expect((40...44).contains(seconds))
    }

    @Test("a task with a container health check is healthy when it passes, and unhealthy after its retries")
    func containerHealth() throws {
        let check: AttributeValue = [
            "healthCheck": ["command": ["CMD", "true"], "interval": 5, "retries": 2, "timeout": 2, "startPeriod": 0]
        ]
        var stage = ServiceStage(desired: 1, isBalanced: false, container: check)
        let seconds = try #require(stage.run { $0.service.isSteady })
        #expect(seconds < 15)
        #expect(stage.tasks[0].health == .healthy)
        let victim = stage.tasks[0]
        stage.sick = [victim.id]
        _ = try #require(stage.run { $0.world.containers.tasks[victim.arn]?.health == .unhealthy })
        _ = try #require(stage.run { $0.service.isSteady && !$0.wanted.contains { $0.id == victim.id } })
        #expect(
            stage.world.containers.tasks[victim.arn]?.stoppedReason == "Task failed container health checks")
    }

    @Test("a deployment in progress that is superseded is stopped, and its tasks that do not run yet go first")
    func supersedes() throws {
        var stage = ServiceStage(desired: 2)
        _ = stage.run { $0.service.isSteady }
        stage.deploy(revision: 2)
        stage.deploy(revision: 3)
        #expect(stage.wanted(ofRevision: 2).isEmpty)
        _ = try #require(stage.run { $0.service.isSteady })
        #expect(stage.serviceDeployments.map(\.status) == [.successful, .stopped, .successful])
        #expect(stage.wanted(ofRevision: 3).count == 2)
    }

    @Test("a service that is deleted drains, and is inactive when its tasks are gone")
    func drains() throws {
        var stage = ServiceStage(desired: 2)
        _ = stage.run { $0.service.isSteady }
        stage.delete()
        #expect(stage.service.status == .draining)
        #expect(stage.wanted.isEmpty)
        let seconds = try #require(stage.run { $0.service.status == .inactive })
        #expect(seconds >= 3)
        #expect(stage.tasks.allSatisfy { $0.lastStatus == .stopped })
    }

    @Test("who asks for a rollback gets it")
    func rollsBackOnRequest() throws {
        var stage = ServiceStage(desired: 1)
        _ = stage.run { $0.service.isSteady }
        stage.deploy(revision: 2)
        let arn = stage.serviceDeployments[1].arn
        stage.world.containers.serviceDeployments[arn]?.status = .rollbackRequested
        _ = try #require(stage.run { $0.serviceDeployments[1].status == .rollbackSuccessful })
        #expect(stage.wanted(ofRevision: 1).count == 1)
    }

    static let rollback = breaker(rollback: true)

    static func breaker(rollback: Bool) -> AttributeValue {
        [
            "deploymentConfiguration": [
                "minimumHealthyPercent": 100, "maximumPercent": 200,
                "deploymentCircuitBreaker": ["enable": true, "rollback": .bool(rollback)],
            ]
        ]
    }
}
