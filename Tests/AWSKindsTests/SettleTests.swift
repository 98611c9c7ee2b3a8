import AttributeTree
import Manifests
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("How far resources are", .tags(.small))
struct SettleTests {
    // A target is counted while it is registered; why one is not healthy is said in AWS's codes.
    @Test(arguments: [
        ("", 2, "0 of 2 targets registered"),
        ("initial:Elb.RegistrationInProgress", 2, "1 of 2 targets registered (Elb.RegistrationInProgress)"),
        (
            "initial:Elb.InitialHealthChecking initial:Elb.InitialHealthChecking", 2,
            "0 of 2 targets healthy (Elb.InitialHealthChecking)"
        ),
        (
            "healthy unhealthy:Target.Timeout unhealthy:Target.ResponseCodeMismatch unhealthy:Target.Timeout", 4,
            "1 of 4 targets healthy (Target.Timeout, Target.ResponseCodeMismatch)"
        ),
        ("healthy healthy draining:Target.DeregistrationInProgress", 2, nil),
        ("healthy draining:Target.DeregistrationInProgress", 2, "1 of 2 targets registered"),
    ])
    func `targets are counted, and their reasons named`(targets: String, wanted: Int, waitingFor: String?) {
        let descriptions = targets.split(separator: " ").map { text in
            let parts = text.split(separator: ":").map { AttributeValue.string(String($0)) }
            var health: AttributeValue = ["State": parts[0]]
            if parts.count > 1 { health["Reason"] = parts[1] }
            return AttributeValue.map(["TargetHealth": health])
        }
        let counts = TargetCounts(["TargetHealthDescriptions": .list(descriptions)])
        #expect(counts.waitingFor(wanted) == waitingFor)
    }

    @Test(
        arguments: [
            (TargetCounts(), nil, Phase.final, "Healthy Targets"),
            (TargetCounts(), 0, .final, "Healthy Targets"),
            (TargetCounts(), 2, .created, "Created"),
            (TargetCounts(registered: 2), 2, .configured, "Targets Registered"),
            (TargetCounts(registered: 2, healthy: 2), 2, .final, "Healthy Targets"),
            (nil, 2, .none, "none"),
        ] as [(TargetCounts?, Int?, Phase, String)])
    func `a target group is final when its services have the targets they want`(
        counts: TargetCounts?, wanted: Int?, phase: Phase, state: String
    ) {
        let row = ELBTargetGroup.row(ResourceAddress(kind: .targetGroup, name: "web"), counts, wanted: wanted)
        #expect(row.phase == phase)
        #expect(row.state == state)
    }

    @Test(arguments: [
        ("provisioning", ELBLoadBalancer.Listeners.toCome, Phase.created, "Created"),
        ("provisioning", .present, .configured, "Listener Configured"),
        ("active", .toCome, .created, "Created"),
        ("active", .present, .final, "Active with Listener"),
        ("active_impaired", .present, .final, "Active with Listener"),
        ("active", .none, .final, "Active with Listener"),
        ("failed", .present, .failed, "failed"),
    ])
    func `a load balancer is final when it is active and its listener is there`(
        state: String, listeners: ELBLoadBalancer.Listeners, phase: Phase, word: String
    ) {
        let row = ELBLoadBalancer.row(
            ResourceAddress(kind: .loadBalancer, name: "hello"), ["State": ["Code": .string(state)]],
            listeners: listeners)
        #expect(row.phase == phase)
        #expect(row.state == word)
    }

    /// `hello`, applied, and then looked at through another prober.
    private func rows(
        _ outcome: ProbeOutcome, replacing: [String: String] = [:]
    ) async throws -> [ResourceAddress: StatusRow] {
        let first = Setup()
        let desired = try manifests("hello", replacing: replacing).desired
        try await first.apply(desired)
        let second = Setup(prober: ScriptedProber(outcome: outcome), aws: first.aws, store: first.store)
        let rows = try await second.reconciler.status(desired: desired)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.address, $0) })
    }

    private static let tasks = ResourceAddress(kind: .tasks, name: "web")

    @Test func `tasks serve when a request through the load balancer is answered`() async throws {
        let row = try #require(try await rows(.answered(status: 200, body: "hello", via: "http://here/"))[Self.tasks])
        #expect(row.phase == .final)
        #expect(row.state == "Healthy and Serving")
        #expect(
            row.detail == [
                "desired": 2, "running": 2, "registered": 2, "healthy": 2, "status": 200, "body": "hello",
                "url": "http://hello.elb.example/", "asked": "http://hello.elb.example/healthz",
                "via": "http://here/",
            ])
    }

    @Test(arguments: [
        (
            ProbeOutcome.answered(status: 503, body: "", via: ""),
            "a good answer from http://hello.elb.example/healthz, which says 503"
        ),
        (.unanswered(reason: "no such host"), "an answer from http://hello.elb.example/healthz (no such host)"),
    ])
    func `tasks that are healthy and answer nothing do not serve`(outcome: ProbeOutcome, waitingFor: String)
        async throws
    {
        let unserved = try #require(try await rows(outcome)[Self.tasks])
        #expect(unserved.phase == .configured)
        #expect(unserved.state == "Registered to Target Group")
        #expect(unserved.waitingFor == waitingFor)
    }

    @Test func `an internal load balancer that is not reached from here proves nothing, and is not waited for`()
        async throws
    {
        let row = try #require(
            try await rows(.unanswered(reason: "timeout"), replacing: ["internet-facing": "internal"])[Self.tasks])
        #expect(row.phase == .final)
        #expect(
            row.detail["unproved"] == "the load balancer is internal, and was not reached from here: timeout")
    }

    @Test func `a service without tasks is final, and asks nobody`() async throws {
        let rows = try await rows(
            .unanswered(reason: "nobody is asked"), replacing: ["desiredCount: 2": "desiredCount: 0"])
        #expect(rows.values.filter { $0.phase != .final } == [])
        #expect(rows[Self.tasks]?.state == "Running")
    }

    @Test func `what was rolled back is told with AWS's reason, even when the deployment is no longer listed`()
        async throws
    {
        let setup = Setup()
        try await setup.apply(try manifests("hello").desired)
        let state = try await setup.store.load()
        let address = ResourceAddress(kind: .service, name: "web")
        let recorded = try #require(state.resources[address])
        setup.aws.change {
            $0.serviceDeployments = [
                [
                    "targetServiceRevisionArn": "arn:x/web/77", "status": "ROLLBACK_SUCCESSFUL",
                    "statusReason": "breaker",
                ]
            ]
        }
        let item = SettleRequest.Item(
            address: address, identity: recorded.identity, cloudName: "web", attributes: recorded.attributes,
            started: ["deployment": "ecs-svc/77"])
        let rows = try await ECSService(setup.access).settle(
            SettleRequest(items: [item], rows: [:], recorded: state.resources))
        #expect(rows.first?.failure == SettleFailure(.rolledBack, "breaker"))
    }
}
