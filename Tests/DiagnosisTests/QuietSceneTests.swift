import TestSupport
import Testing

@testable import Diagnosis

@Suite("What is well, or merely slow", .tags(.small))
struct QuietSceneTests {
    static let scenes = [
        Scene("all is well", "running 2\nCOMPLETED\ntarget healthy\ntarget healthy", nil),
        Scene("nobody is wanted, and nobody is there", "desired 0\nCOMPLETED", nil),
        Scene("tasks are to be started", "", nil),
        Scene("somebody scaled it to one", "desired 1\nwanted 2\nrunning 1\nCOMPLETED\ntarget healthy", nil),
        Scene(
            "a farewell that does not take long",
            "running 2\nrolling\ndelay 30\ntarget healthy\nevent: (service web) has begun draining connections on 2 tasks.",
            nil),
        Scene(
            "the deployment before serves, and drains some of its tasks",
            "running 2\nrolling\nown 0\ntarget healthy\nevent: (service web) has begun draining connections on 1 tasks.",
            nil),
        Scene(
            "the deployment before is on its way out",
            "running 2\nrolling\ntarget healthy\ntarget initial Elb.InitialHealthChecking", nil),
        Scene(
            "what is deployed mends what was wrong with the deployment before",
            """
            running 2
            pending 1
            rolling
            earlier unhealthy Target.ResponseCodeMismatch: Health checks failed with these codes: [503]
            target initial Elb.InitialHealthChecking
            """, nil),
        Scene("tasks are pending", "pending 2", nil),
        Scene(
            "a task on Spot was interrupted, and another one runs in its place",
            "running 2\nstopped SpotInterruption: Your Spot Task was interrupted. | app:143:", nil),
        Scene(
            "somebody stopped a task, and another one runs in its place",
            "running 2\nstopped UserInitiated: Task stopped by user | app:143:", nil),
        Scene(
            "a target group that no listener uses yet",
            "running 2\ntarget unused Target.NotInUse: Target group is not configured to receive traffic", nil),
        Scene(
            "tasks register",
            "running 2\ntarget initial Elb.RegistrationInProgress: Target registration is in progress", nil),
        Scene(
            "first health checks",
            "running 2\ntarget initial Elb.InitialHealthChecking: Initial health checks in progress", nil),
        Scene(
            "the load balancer is on its way",
            "running 2\nbalancer provisioning 200\ntarget initial Elb.RegistrationInProgress", nil),
        Scene(
            "the load balancer is on its way, since nobody knows when",
            "running 2\nbalancer provisioning\ntarget initial Elb.RegistrationInProgress", nil),
        Scene(
            "tasks start behind a load balancer that has no room to grow",
            "running 1\npending 1\nbalancer active_impaired: insufficient addresses\ntarget healthy", nil),
        Scene(
            "a request is not answered by a load balancer that may not be looked at",
            "running 2\nCOMPLETED\ntarget healthy\nunanswered: no such host", nil),
        Scene(
            "the name of a new load balancer is not known everywhere yet",
            "running 2\nCOMPLETED\ntarget healthy\nbalancer active 240\nunanswered: no such host", nil),
        Scene(
            "a slow start within its grace",
            "running 2\ngrace 120\nage 30\ntarget unhealthy Target.FailedHealthChecks: Health checks failed", nil),
        Scene(
            "a slow start that does not answer yet",
            "running 2\ngrace 120\nage 30\ntarget unhealthy Target.Timeout: Request timed out", nil),
        Scene("one of two is there", "running 1\npending 1\ntarget healthy", nil),
        Scene(
            "tasks roll",
            "running 3\npending 1\ntarget healthy\ntarget healthy\ntarget initial Elb.InitialHealthChecking", nil),
        Scene(
            "scaled in",
            "running 3\nstopped ServiceSchedulerInitiated: Scaling activity initiated by (deployment ecs-svc/1) | app:143:\nCOMPLETED",
            nil),
        Scene(
            "scaled in, killed at the end of its time",
            "running 3\nstopped ServiceSchedulerInitiated: Scaling activity initiated by (deployment ecs-svc/1) | app:137:\nCOMPLETED",
            nil),
        Scene("an event of a start", "running 1\npending 1\nevent: (service web) has started 1 tasks: (task 1).", nil),
        Scene(
            "an event of a registration", "running 2\nevent: (service web) registered 2 targets in (target-group arn)",
            nil),
        Scene("the steady state of before", "pending 2\nevent: (service web) has reached a steady state.", nil),
        Scene("one task beside enough room", "running 2\npercent 50-100", nil),
        Scene("a rollout that has room to start", "running 2\npercent 100-200\npending 1", nil),
        Scene(
            "some tasks failed, and the next ones run",
            "running 2\nCOMPLETED\ntarget healthy\ntarget healthy\nstopped EssentialContainerExited: Essential container in task exited | app:1:",
            nil),
        Scene(
            "an hour of uptime ended by a host's retirement, replaced since",
            "running 2\nCOMPLETED\ntarget healthy\nstopped InfrastructureHealth: host retired | app:143:", nil),
        Scene("a load balancer that is active and has no targets yet", "balancer active\npending 2", nil),
    ]

    @Test(arguments: scenes)
    func `what is well, or merely slow, has no cause`(_ scene: Scene) {
        #expect(explain(scene.evidence) == nil)
    }

    @Test func `there are twenty such situations at least, no two of them alike`() {
        let seen = Set(Self.scenes.map(\.seen))
        #expect(seen.count == Self.scenes.count)
        #expect(seen.count >= 20)
    }
}
