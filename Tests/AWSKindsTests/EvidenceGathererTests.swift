import AttributeTree
import Diagnosis
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("What is seen of a service", .tags(.small))
struct EvidenceGathererTests {
    // MARK: The service

    @Test func `the counts are the service's, and the bounds are those of its deployments`() async throws {
        let evidence = try await Sight().evidence()
        #expect((evidence.desired, evidence.running, evidence.pending) == (2, 1, 1))
        #expect(evidence.wanted == 3)
        #expect((evidence.minimumHealthyPercent, evidence.maximumPercent, evidence.gracePeriod) == (50, 150, 60))
    }

    @Test func `the deployment is the one that the apply has started, in its service deployment's words`() async throws
    {
        let deployment = try #require(try await Sight().evidence().deployment)
        #expect(deployment.rolloutState == "FAILED")
        #expect(deployment.failedTasks == 3)
        #expect(deployment.reason == "breaker\nthe circuit breaker counted 3 failed tasks, 3 at most")
        #expect(deployment.isRolling)
        #expect(!deployment.isSuperseded)
    }

    @Test func `of the events, those count that came since the deployment began`() async throws {
        #expect(try await Sight().evidence().events == ["newest", "newer"])
    }

    @Test func `a deployment that is no longer the service's has been superseded`() async throws {
        var sight = Sight()
        sight.started = [ECSService.startedDeployment: "ecs-svc/0", ECSService.startedServiceDeployment: "arn:sd/0"]
        sight["DescribeServiceDeployments"] = """
            {"serviceDeployments": [{"serviceDeploymentArn": "arn:sd/0", "status": "STOPPED", "createdAt": 50}]}
            """
        let evidence = try await sight.evidence()
        #expect(evidence.deployment?.isSuperseded == true)
        #expect(evidence.stopped.map(\.id) == ["of-before-too"])
    }

    // MARK: Its tasks

    @Test func `only tasks that the deployment has started are evidence, the latest first`() async throws {
        #expect(try await Sight().evidence().stopped.map(\.id) == ["late", "early"])
    }

    @Test func `stop codes, exit codes and reasons arrive, and which container ends the task`() async throws {
        let task = try #require(try await Sight().evidence().stopped.first)
        var app = Evidence.Task.Container(name: "app", image: "app:1", exitCode: 3, reason: "OutOfMemoryError: …")
        app.isEssential = true
        var setup = Evidence.Task.Container(name: "setup", image: "setup:1", exitCode: 0)
        setup.isEssential = false
        #expect(task.stopCode == "EssentialContainerExited")
        #expect(task.reason == "Essential container in task exited")
        #expect(task.containers == [app, setup])
        #expect(task.lifetime == 30)
    }

    @Test func `a task that never ran has no lifetime, and one that is being stopped ended when that began`()
        async throws
    {
        #expect(try await Sight().evidence().stopped.map(\.lifetime) == [30, nil])
    }

    @Test func `the youngest task is as old as the last start, not counting those of others`() async throws {
        #expect(try await Sight().evidence().youngestTask == 80)
    }

    @Test func `the log is that of the task that ended last, of each container that writes to CloudWatch`() async throws
    {
        let sight = Sight()
        #expect(try await sight.evidence().logs == [Evidence.Log(container: "app", lines: ["one", "two"])])
        #expect(
            sight.aws.inputs(of: "GetLogEvents") == [
                ["logGroupName": "apps", "logStreamName": "web/app/late", "limit": 20, "startFromHead": false]
            ])
    }

    @Test func `where no task has ended, it is that of one that runs and is unhealthy`() async throws {
        var sight = Sight()
        sight.stopped = []
        #expect(try await sight.evidence().logs.map(\.container) == ["app"])
        #expect(sight.aws.inputs(of: "GetLogEvents").first?["logStreamName"] == "web/app/runs")
        sight["DescribeTargetHealth"] = #"{"TargetHealthDescriptions": []}"#
        #expect(try await sight.evidence().logs == [])
    }

    // MARK: Its targets, and the way to them

    @Test func `targets arrive with their reasons, but for those on their way out`() async throws {
        let targets = try await Sight().evidence().targets
        var target = Evidence.Target(
            id: "10.0.0.7", port: 8080, state: "unhealthy", reason: "Target.ResponseCodeMismatch",
            description: "Health checks failed with these codes: [404]")
        target.group = "arn:tg"
        #expect(targets == [target])
    }

    @Test func `targets of tasks that the deployment replaces are told apart, unless it is itself replaced`()
        async throws
    {
        var sight = Sight()
        let address = #""containers": [{"networkInterfaces": [{"privateIpv4Address": "10.0.0.7"}]}]"#
        sight.running = [Sight.Task("of-before", "ecs-svc/0", address)]
        #expect(try await sight.evidence().targets.map(\.isOfBefore) == [true])
        sight.running = [Sight.Task("own", "ecs-svc/1", address)]
        #expect(try await sight.evidence().targets.map(\.isOfBefore) == [false])
        sight.started = [ECSService.startedDeployment: "ecs-svc/0", ECSService.startedServiceDeployment: "arn:sd/0"]
        sight["DescribeServiceDeployments"] = """
            {"serviceDeployments": [{"serviceDeploymentArn": "arn:sd/0", "status": "SUCCESSFUL", "createdAt": 50}]}
            """
        #expect(try await sight.evidence().targets.map(\.isOfBefore) == [false])
    }

    @Test func `the target group says how targets are asked, and for how long they drain while tasks roll`()
        async throws
    {
        var sight = Sight()
        var group = Evidence.TargetGroup(
            arn: "arn:tg", path: "/healthz", matcher: "200-299", timeout: 4, containerPort: 8080)
        group.deregistrationDelay = 300
        #expect(try await sight.evidence().targetGroups == [group])
        sight["DescribeServices"] = Sight.service.replacing(#", {"id": "ecs-svc/0"}"#, with: "")
        group.deregistrationDelay = nil
        #expect(try await sight.evidence().targetGroups == [group])
    }

    @Test(arguments: [
        (#"{"Code": "provisioning"}"#, Evidence.LoadBalancer(state: "provisioning", age: 900)),
        (
            #"{"Code": "failed", "Reason": "no free addresses"}"#,
            Evidence.LoadBalancer(state: "failed", reason: "no free addresses", age: 900)
        ),
        (#"{"Code": "active_impaired"}"#, Evidence.LoadBalancer(state: "active_impaired", age: 900)),
    ])
    func `of several load balancers the worst counts, with its reason and its age`(
        state: String, seen: Evidence.LoadBalancer
    ) async throws {
        for (first, second) in [(Sight.active, state), (state, Sight.active)] {
            var sight = Sight()
            sight["DescribeLoadBalancers"] = """
                {"LoadBalancers": [{"State": \(first), "CreatedTime": 100}, {"State": \(second), "CreatedTime": 100}]}
                """
            #expect(try await sight.evidence().loadBalancer == seen)
        }
    }

    // An action without weights sends everything; a weight of 0, nothing.
    @Test(arguments: [
        (#"[{"Type": "forward", "TargetGroupArn": "arn:tg"}]"#, "[]", false),
        ("[]", #"[{"Type": "forward", "TargetGroupArn": "arn:tg"}]"#, false),
        ("[]", "[]", true),
        (#"[{"Type": "forward", "TargetGroupArn": "arn:other"}]"#, "[]", true),
        (
            #"[{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "arn:tg", "Weight": 0}]}}]"#,
            "[]", true
        ),
        (
            "[]",
            #"[{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "arn:tg", "Weight": 1}]}}]"#,
            false
        ),
    ])
    func `a group is unreachable when no listener and no rule sends requests to it`(
        listener: String, rule: String, isUnreachable: Bool
    ) async throws {
        var sight = Sight()
        sight["DescribeListeners"] = #"{"Listeners": [{"ListenerArn": "arn:ls", "DefaultActions": \#(listener)}]}"#
        sight["DescribeRules"] = #"{"Rules": [{"Actions": \#(rule)}]}"#
        #expect(try await sight.evidence().isUnreachable == isUnreachable)
    }

    @Test func `what the load balancer answered last is that of tasks that are all there`() async throws {
        var row = StatusRow(address: ResourceAddress(kind: .tasks, name: "web"), phase: .configured, state: "")
        row.detail = ["status": 503]
        #expect(try await Sight().evidence(row).probeStatus == 503)
        row.detail = ["unanswered": "timeout"]
        #expect(try await Sight().evidence(row).probeFailure == "timeout")
        row.phase = .created
        #expect(try await Sight().evidence(row).probeFailure == nil)
    }

    // MARK: What cannot be asked

    /// What is missing, where a call is refused; everything else is as it is.
    static let parts: [(operation: String, take: @Sendable (inout Evidence) -> Void)] = [
        (
            "DescribeServiceDeployments",
            {
                $0.deployment?.rolloutState = "IN_PROGRESS"
                $0.deployment?.reason = nil
            }
        ),
        ("ListTasks", { ($0.stopped, $0.youngestTask, $0.logs) = ([], nil, []) }),
        ("DescribeTasks", { ($0.stopped, $0.youngestTask, $0.logs) = ([], nil, []) }),
        (
            "DescribeTaskDefinition",
            {
                $0.logs = []
                $0.stopped[0].containers[1].isEssential = true
            }
        ),
        ("GetLogEvents", { $0.logs[0].lines = [] }),
        ("DescribeTargetHealth", { $0.targets = [] }),
        ("DescribeTargetGroups", { ($0.targetGroups, $0.loadBalancer) = ([], nil) }),
        ("DescribeTargetGroupAttributes", { $0.targetGroups[0].deregistrationDelay = nil }),
        ("DescribeLoadBalancers", { $0.loadBalancer = nil }),
        // That nothing forwards is said only by who could look.
        ("DescribeListeners", { _ in }),
        ("DescribeRules", { _ in }),
    ]

    @Test(arguments: parts.indices)
    func `a call that is refused costs its own part of the evidence, and is told once`(_ index: Int) async throws {
        let (operation, take) = Self.parts[index]
        var expected = try await Sight().evidence()
        take(&expected)
        expected.unread = ["\(operation) could not be asked: AccessDeniedException"]
        var sight = Sight()
        sight.refused = [operation]
        #expect(try await sight.evidence() == expected, "\(operation)")
    }

    @Test func `all calls that are refused are told, and the service is seen all the same`() async throws {
        var sight = Sight()
        sight.refused = Set(Self.parts.map(\.operation))
        let evidence = try await sight.evidence()
        #expect(evidence.events == ["newest", "newer"])
        #expect(
            evidence.unread.map { String($0.prefix { $0 != " " }) } == [
                "DescribeServiceDeployments", "DescribeTargetHealth", "DescribeTargetGroups", "ListTasks",
            ])
    }

    @Test func `without the service there is nothing to see`() async throws {
        var sight = Sight()
        sight.refused = ["DescribeServices"]
        #expect(try await sight.gather() == nil)
        sight.refused = []
        sight["DescribeServices"] = #"{"services": [], "failures": [{"reason": "MISSING"}]}"#
        #expect(try await sight.gather() == nil)
    }

    // MARK: What it costs

    @Test func `it takes a handful of calls`() async throws {
        let sight = Sight()
        _ = try await sight.evidence()
        #expect(
            sight.aws.callCounts == [
                "DescribeServices": 1, "DescribeServiceDeployments": 1, "DescribeTargetHealth": 1,
                "DescribeTargetGroups": 1, "DescribeTargetGroupAttributes": 1, "DescribeLoadBalancers": 1,
                "DescribeListeners": 1, "DescribeRules": 1, "ListTasks": 2, "DescribeTasks": 2,
                "DescribeTaskDefinition": 1, "GetLogEvents": 1,
            ])
    }

    @Test func `tasks are read page by page, and described as they were listed`() async throws {
        var sight = Sight()
        sight.pageSize = 1
        #expect(try await sight.evidence().stopped.map(\.id) == ["late", "early"])
        let asked = sight.aws.inputs(of: "ListTasks")
        #expect(asked.map { $0["nextToken"] } == [nil, "1", nil, "1", "2", "3"])
        #expect(asked.allSatisfy { $0["cluster"] == "arn:cluster" && $0["serviceName"] == "web" })
        #expect(sight.aws.inputs(of: "DescribeTasks").allSatisfy { $0["tasks"]?.listValue?.count == 1 })
    }

    @Test func `of a service that starts tasks without end, five pages of each kind are read`() async throws {
        var sight = Sight()
        sight.stopped = (0..<1000).map { Sight.Task("t\($0)", "ecs-svc/1", Sight.failure) }
        sight.pageSize = 100
        #expect(try await sight.evidence().stopped.count == 500)
        #expect(sight.aws.callCounts["ListTasks"] == 6)
        #expect(sight.aws.callCounts["DescribeTasks"] == 6)
        #expect(sight.aws.callCounts["GetLogEvents"] == 1)
    }
}
