import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import Diagnosis

@Suite("Why a service does not come up", .tags(.small))
struct CauseTests {
    static let scenes = starting + running + placing + targets + deploying

    static let starting = [
        Scene(
            "a tag that nobody pushed",
            "stopped TaskFailedToStart: CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref registry.example/app:1: not found | app:-:",
            "image-not-found"),
        Scene(
            "a private repository",
            "stopped TaskFailedToStart: CannotPullContainerError: pull access denied for app, repository does not exist or may require authorization | app:-:",
            "image-access-denied"),
        Scene(
            "a registry that has had enough",
            "stopped TaskFailedToStart: CannotPullContainerError: toomanyrequests: You have reached your pull rate limit. | app:-:",
            "image-rate-limited"),
        Scene(
            "no way to the registry",
            "stopped TaskFailedToStart: ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: dial tcp 10.0.0.1:443: i/o timeout | app:-:",
            "registry-unreachable"),
        Scene(
            "an image for another processor",
            "stopped TaskFailedToStart: CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64' | app:-:",
            "image-platform"),
        Scene(
            "an image for other processors, in the words of a container engine",
            "stopped TaskFailedToStart: CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries | app:-:",
            "image-platform"),
        Scene(
            "a binary for another processor",
            "stopped EssentialContainerExited: Essential container in task exited | app:255: exec /app: exec format error",
            "image-platform"),
        Scene(
            "an image too large",
            "stopped TaskFailedToStart: CannotPullContainerError: write /var: no space left on device | app:-:",
            "no-space-for-image"),
        Scene(
            "a role that trusts somebody else",
            "event: (service web) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::1:role/web' that was provided for this task.)",
            "role-not-assumable"),
        Scene(
            "a secret that may not be read",
            "stopped TaskFailedToStart: ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue | app:-:",
            "secret-not-allowed"),
        Scene(
            "a secret that is not there",
            "stopped TaskFailedToStart: ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret. | app:-:",
            "secret-not-found"),
        Scene(
            "a log group that is not there",
            "stopped TaskFailedToStart: ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ResourceNotFoundException: The specified log group does not exist. | app:-:",
            "log-group-missing"),
        Scene(
            "a role that lacks something else",
            "stopped TaskFailedToStart: ResourceInitializationError: AccessDeniedException: not authorized to perform: ecr:GetAuthorizationToken | app:-:",
            "execution-role-not-allowed"),
        Scene(
            "a file system out of reach",
            "stopped TaskFailedToStart: ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: mount.nfs4: timed out | app:-:",
            "file-system-not-mounted"),
        Scene(
            "a subnet that is full",
            "event: (service web) was unable to place a task. Reason: The subnet 'subnet-1' does not have enough free addresses.",
            "addresses-used-up"),
        Scene(
            "a subnet of another account",
            "event: (service web) failed to launch a task with (error The subnet ID 'subnet-1' does not exist).",
            "subnet-or-group-wrong"),
        Scene(
            "a command that is not in the image",
            "stopped TaskFailedToStart: CannotStartContainerError: exec: \"serve\": executable file not found in $PATH | app:-:",
            "command-not-found"),
        Scene(
            "a shell that finds nothing",
            "stopped EssentialContainerExited: Essential container in task exited | app:127:",
            "command-not-found"),
        Scene(
            "a script that is not executable",
            "stopped TaskFailedToStart: CannotStartContainerError: exec: \"/run.sh\": permission denied | app:-:",
            "command-not-executable"),
        Scene(
            "a container that waits for another in vain",
            "stopped TaskFailedToStart: dependency container setup did not become SUCCESS | setup:1: | app:-:",
            "dependency-failed"),
        Scene(
            "a container that waits for another in vain, in the words of ECS's agent",
            "stopped TaskFailedToStart: Task failed to start | setup:1: | app:143: CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [setup] for target [app] as dependency did not exit successfully.",
            "dependency-failed"),
        Scene(
            "what else the runtime refuses",
            "stopped TaskFailedToStart: CannotCreateContainerError: invalid mount config | app:-:",
            "container-cannot-start"),
    ]

    static let running = [
        Scene(
            "too much memory",
            "stopped EssentialContainerExited: Essential container in task exited | app:137: OutOfMemoryError: Container killed due to memory usage",
            "out-of-memory"),
        Scene(
            "killed by somebody", "stopped EssentialContainerExited: Essential container in task exited | app:137:",
            "killed"),
        Scene(
            "a health check of the container",
            "stopped ServiceSchedulerInitiated: Task failed container health checks | app:143:", "container-unhealthy"),
        Scene("a job", "stopped EssentialContainerExited: Essential container in task exited | app:0:", "ended-well"),
        Scene(
            "a crash, with its last words",
            """
            stopped EssentialContainerExited: Essential container in task exited | app:3:
            log: no such table: users
            """, "exited"),
        Scene(
            "a crash beside which another container ends when it is asked to",
            "stopped EssentialContainerExited: Essential container in task exited | proxy:0: | app:3:", "exited"),
        Scene(
            "a crash beside which another container does not end when it is asked to",
            "stopped EssentialContainerExited: Essential container in task exited | proxy:137: | app:3:", "exited"),
        Scene(
            "a job beside which another container ends when it is asked to",
            "stopped EssentialContainerExited: Essential container in task exited | proxy:143: | app:0:", "ended-well"),
        Scene("Spot", "stopped SpotInterruption: Your Spot Task was interrupted. | app:143:", "spot-interruption"),
        Scene(
            "an instance that went", "stopped TerminationNotice: Host EC2 (instance i-1) terminated. | app:-:",
            "instance-lost"),
        Scene("somebody at a console", "stopped UserInitiated: Task stopped by user | app:143:", "stopped-by-user"),
    ]

    static let placing = [
        Scene(
            "a cluster without instances",
            "event: (service web) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.",
            "no-instances"),
        Scene(
            "instances that are full",
            "event: (service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 1) has insufficient memory available.",
            "instances-too-small"),
        Scene(
            "a quota",
            "event: (service web) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.",
            "task-limit"),
        Scene(
            "no capacity",
            "event: (service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.",
            "no-capacity"),
        Scene(
            "another refusal", "event: (service web) failed to launch a task with (error something else).",
            "cannot-launch"),
    ]

    static let targets = [
        Scene(
            "a path that is not there",
            "running 2\ntarget unhealthy Target.ResponseCodeMismatch: Health checks failed with these codes: [404]",
            "health-path-not-found"),
        Scene(
            "the same, when the task is gone already",
            "event: (service web) (task 1) (port 8080) is unhealthy in (target-group arn) due to (reason Health checks failed with these codes: [404])",
            "health-path-not-found"),
        Scene(
            "a redirect",
            "running 2\ntarget unhealthy Target.ResponseCodeMismatch: Health checks failed with these codes: [301]",
            "health-check-redirected"),
        Scene(
            "a login",
            "running 2\ntarget unhealthy Target.ResponseCodeMismatch: Health checks failed with these codes: [401]",
            "health-check-unauthorized"),
        Scene(
            "an error",
            "running 2\ntarget unhealthy Target.ResponseCodeMismatch: Health checks failed with these codes: [503]",
            "health-check-error"),
        Scene(
            "a status that the matcher does not take",
            "running 2\ntarget unhealthy Target.ResponseCodeMismatch: Health checks failed with these codes: [204]",
            "matcher"),
        Scene(
            "a security group in between", "running 2\nage 300\ntarget unhealthy Target.Timeout: Request timed out",
            "health-check-timeout"),
        Scene(
            "another port", "running 2\ntarget unhealthy Target.FailedHealthChecks: Health checks failed",
            "port-refused"),
        Scene(
            "another port, by a clock that is behind AWS's",
            "running 2\nage -7\ntarget unhealthy Target.FailedHealthChecks: Health checks failed", "port-refused"),
        Scene(
            "another port, of tasks that had time to start and are gone",
            """
            FAILED: tasks failed to start.
            stopped ServiceSchedulerInitiated: Task failed ELB health checks in (target-group arn) | app:143:
            ran 95
            event: (service web) (port 8080) is unhealthy in (target-group arn) due to (reason Health checks failed)
            """, "port-refused"),
        Scene(
            "another port, which the log tells",
            """
            FAILED: tasks failed to start.
            stopped ServiceSchedulerInitiated: Task failed ELB health checks in (target-group arn) | app:143:
            ran 12
            event: (service web) (port 8080) is unhealthy in (target-group arn) due to (reason Health checks failed)
            log: 12:00:01 listening at http://0.0.0.0:9090/
            """, "port-refused"),
        Scene(
            "a slow start, of tasks that are gone",
            """
            FAILED: tasks failed to start.
            stopped ServiceSchedulerInitiated: Task failed ELB health checks in (target-group arn) | app:143:
            ran 12
            event: (service web) (port 8080) is unhealthy in (target-group arn) due to (reason Health checks failed)
            log: 12:00:01 reading 90210 rows
            """, "grace-too-short"),
        Scene(
            "a start that is slower than it was: the tasks before answer at that port",
            """
            FAILED: tasks failed to start.
            stopped ServiceSchedulerInitiated: Task failed ELB health checks in (target-group arn) | app:143:
            ran 95
            event: (service web) (port 8080) is unhealthy in (target-group arn) due to (reason Health checks failed)
            target healthy
            """, "grace-too-short"),
        Scene(
            "an error, of tasks that were stopped for it and are gone",
            """
            FAILED: tasks failed to start.
            stopped ServiceSchedulerInitiated: Task failed ELB health checks in (target-group arn) | app:143:
            event: (service web) is unhealthy in (target-group arn) due to (reason Health checks failed with these codes: [500])
            """, "health-check-error"),
        Scene(
            "a status that the matcher does not take, of tasks that are gone",
            """
            stopped ServiceSchedulerInitiated: Task failed ELB health checks in (target-group arn) | app:143:
            event: (service web) is unhealthy in (target-group arn) due to (reason Health checks failed with these codes: [204])
            """, "matcher"),
        Scene(
            "a grace that is too short",
            """
            grace 10
            stopped ServiceSchedulerInitiated: Task failed ELB health checks in (target-group arn) | app:143:
            target initial Elb.InitialHealthChecking
            """, "grace-too-short"),
        Scene("a load balancer that failed", "running 2\nbalancer failed: no addresses", "load-balancer-failed"),
        Scene(
            "a load balancer that does not get ready",
            "running 2\nbalancer provisioning 1500\ntarget initial Elb.RegistrationInProgress", "load-balancer-stuck"),
        Scene(
            "a load balancer that has no room to grow, and says that it is overloaded",
            "running 2\nCOMPLETED\ntarget healthy\nbalancer active_impaired: insufficient addresses\nanswered 503",
            "load-balancer-impaired"),
        Scene(
            "a load balancer that has no room to grow, and says nothing",
            "running 2\nCOMPLETED\ntarget healthy\nbalancer active_impaired: insufficient addresses\nunanswered: timeout",
            "load-balancer-impaired"),
        Scene(
            "a security group that lets no requests in",
            "running 2\nCOMPLETED\ntarget healthy\nbalancer active 4000\nunanswered: timeout",
            "load-balancer-not-reached"),
        Scene(
            "a zone of its own",
            "running 2\ntarget unused Target.NotInUse: Target is in an Availability Zone that is not enabled",
            "zone-not-enabled"),
        Scene("a load balancer as a target", "running 2\ntarget unused Target.IpUnusable", "target-address-unusable"),
        Scene("a listener that sends nothing", "running 2\ntarget healthy\nunreachable", "forwards-nowhere"),
        Scene("a rule that answers itself", "running 2\nCOMPLETED\ntarget healthy\nanswered 500", "other-answer"),
        Scene(
            "an application's own answer, through a load balancer that has no room to grow",
            "running 2\nCOMPLETED\ntarget healthy\nbalancer active_impaired\nanswered 404", "other-answer"),
    ]

    static let deploying = [
        Scene("another deployment", "running 2\nsuperseded", "superseded"),
        Scene(
            "no room",
            "running 2\nevent: (service web) was unable to stop or start tasks during a deployment because of the service deployment configuration.",
            "no-room-to-roll"),
        Scene("no room, before AWS says so", "running 2\npercent 100-100", "no-room-to-roll"),
        Scene(
            "a long farewell",
            "running 4\nevent: (service web) deployment ecs-svc/1 (task 1) has begun draining connections on 2 tasks.",
            "drains-for-long"),
        Scene(
            "a long farewell of tasks that do not count as running",
            "running 2\nrolling\ndelay 300\ntarget healthy\nevent: (service web) has begun draining connections on 2 tasks.",
            "drains-for-long"),
        Scene("somebody stopped it", "running 1\nhalted\nFAILED: stopped by a user request.", "stopped-deployment"),
        Scene("somebody scaled it away", "desired 0\nwanted 2\nCOMPLETED", "scaled-to-zero"),
        Scene("a breaker that says no more", "FAILED: circuit breaker: tasks failed to start.", "circuit-breaker"),
    ]

    @Test(arguments: scenes)
    func `the first cause is the right one, and says what it rests on`(_ scene: Scene) throws {
        let explanation = try #require(explain(scene.evidence))
        #expect(explanation.cause == scene.cause)
        #expect(!explanation.evidence.isEmpty)
        #expect(!explanation.sentence.isEmpty && !explanation.remedy.isEmpty)
    }

    @Test func `every cause has a scene, and a code of its own`() {
        let codes = Cause.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(codes.count >= 25)
        #expect(Set(codes) == Set(Self.scenes.compactMap(\.cause)))
    }

    @Test func `the last words of a container are told`() throws {
        var evidence = Scene("", "stopped EssentialContainerExited: Essential container in task exited | app:3:", nil)
            .evidence
        evidence.logs = [Evidence.Log(container: "app", lines: (1...30).map { "line \($0)" })]
        let explanation = try #require(explain(evidence))
        #expect(explanation.sentence == "container app ends by itself, with exit code 3")
        #expect(
            explanation.evidence == [
                "task 1234 stopped: EssentialContainerExited: Essential container in task exited",
                "container app ended with 3", "the log of container app ends with",
            ] + (21...30).map { "  line \($0)" })
    }

    @Test func `a call that could not be made is told`() throws {
        var evidence = Scene("", "FAILED: circuit breaker", nil).evidence
        evidence.unread = ["ListTasks could not be asked: AccessDeniedException"]
        #expect(try #require(explain(evidence)).evidence.last == "ListTasks could not be asked: AccessDeniedException")
    }
}
