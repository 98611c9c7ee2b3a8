import AWSClient
import AttributeTree
import Manifests
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("What is sent", .tags(.small))
struct ChangeTests {
    private static let identity = ResourceIdentity(id: "arn:web", properties: ["cluster": "arn:cluster"])

    private func request(
        _ kind: KindName, fields: [String], attributes: AttributeValue, recorded: AttributeValue = [:],
        observed: AttributeValue = [:]
    ) -> UpdateRequest {
        UpdateRequest(
            address: ResourceAddress(kind: kind, name: "web"), cloudName: "web", identity: Self.identity,
            attributes: attributes, recorded: recorded, observed: observed, fields: fields, tags: ["owner": "me"],
            clientToken: "token")
    }

    private func service(
        _ fields: [String], _ attributes: AttributeValue, recorded: AttributeValue = [:], observed: AttributeValue = [:]
    ) throws -> AttributeValue? {
        let request = request(
            .service, fields: fields, attributes: attributes, recorded: recorded, observed: observed)
        var input = ECSService.modification(
            ChangeTarget(request, schema: ECSService.schema, translator: .ecs))
        for name in ["service", "cluster"] { input?[name] = nil }
        return input
    }

    @Test func `only what changes is sent, and the count of tasks only when it is the change`() throws {
        let attributes: AttributeValue = ["taskDefinition": "arn:td:2", "desiredCount": 3, "tags": ["a": "b"]]
        #expect(try service(["taskDefinition"], attributes) == ["taskDefinition": "arn:td:2"])
        #expect(try service(["desiredCount"], attributes) == ["desiredCount": 3])
        #expect(try service(["tags"], attributes) == nil)
    }

    // A member of an object that no manifest has is sent as it is, for AWS takes the object as a whole; one that left
    // the manifest, as its default.
    @Test func `an object is sent whole`() throws {
        let sent = try service(
            ["deploymentConfiguration"], ["deploymentConfiguration": ["maximumPercent": 150]],
            recorded: ["deploymentConfiguration": ["maximumPercent": 200, "minimumHealthyPercent": 50]],
            observed: [
                "deploymentConfiguration": [
                    "maximumPercent": 200, "minimumHealthyPercent": 50, "strategy": "ROLLING",
                    "deploymentCircuitBreaker": ["enable": true, "rollback": true],
                ]
            ])
        #expect(
            sent == [
                "deploymentConfiguration": [
                    "maximumPercent": 150, "minimumHealthyPercent": 100, "strategy": "ROLLING",
                    "deploymentCircuitBreaker": ["enable": true, "rollback": true],
                ]
            ])
    }

    @Test func `what left the manifest is taken back: a list emptied, a value set to its default`() throws {
        let recorded: AttributeValue = ["serviceRegistries": [["registry": "arn:r"]], "enableExecuteCommand": true]
        #expect(
            try service(["serviceRegistries", "enableExecuteCommand"], [:], recorded: recorded, observed: recorded)
                == ["serviceRegistries": [], "enableExecuteCommand": false])
    }

    // AWS requires a new deployment when a service goes from a launch type to capacity providers or back.
    @Test func `a service moves between launch type and capacity providers in place`() throws {
        #expect(
            try service(
                ["capacityProviderStrategy", "launchType"],
                ["capacityProviderStrategy": [["capacityProvider": "FARGATE_SPOT", "weight": 1]]],
                recorded: ["launchType": "FARGATE"], observed: ["launchType": "FARGATE"])
                == [
                    "capacityProviderStrategy": [["capacityProvider": "FARGATE_SPOT", "weight": 1]],
                    "forceNewDeployment": true,
                ])
        #expect(
            try service(
                ["capacityProviderStrategy", "launchType"], ["launchType": "FARGATE"],
                recorded: ["capacityProviderStrategy": [["capacityProvider": "FARGATE_SPOT"]]],
                observed: ["capacityProviderStrategy": [["capacityProvider": "FARGATE_SPOT"]]])
                == ["capacityProviderStrategy": [], "forceNewDeployment": true])
    }

    @Test func `a service is made with a count, a token, its owner's tags and no security group but the VPC's`() {
        let request = CreateRequest(
            address: ResourceAddress(kind: .service, name: "web"), cloudName: "web-2",
            attributes: [
                "cluster": "arn:cluster", "taskDefinition": "arn:td", "tags": ["team": "shop"],
                "networkConfiguration": ["awsvpcConfiguration": ["subnets": ["subnet-1"]]],
            ], tags: ["owner": "me"], clientToken: "token", contentHash: "")
        #expect(
            ECSService.creation(request) == [
                "cluster": "arn:cluster", "taskDefinition": "arn:td", "serviceName": "web-2", "clientToken": "token",
                "desiredCount": 1,
                "networkConfiguration": ["awsvpcConfiguration": ["subnets": ["subnet-1"], "securityGroups": []]],
                "tags": [["key": "owner", "value": "me"], ["key": "team", "value": "shop"]],
            ])
    }

    @Test func `tags of others are left alone`() {
        let changes = TagChanges(
            desired: ["a": "1", "b": "2"], recorded: ["b": "1", "c": "3"],
            observed: ["a": "1", "b": "1", "c": "3", "theirs": "x"], owner: nil)
        #expect(changes.set == ["b": "2"])
        #expect(changes.remove == ["c"])
    }

    @Test func `capacity providers are sent as whole lists, the other list as it is`() async throws {
        let aws = PocketAWS()
        aws.change { $0.clusters["arn:web"] = ["clusterArn": "arn:web"] }
        let access = AWSAccess(calling: aws, clock: ImpatientClock(), prober: ScriptedProber())
        _ = try await ECSCluster(access).update(
            request(
                .cluster, fields: ["capacityProviders"], attributes: ["capacityProviders": ["FARGATE"]],
                recorded: ["capacityProviders": []],
                observed: ["defaultCapacityProviderStrategy": [["capacityProvider": "FARGATE", "weight": 1]]]))
        #expect(
            aws.log == [
                #"ecs:PutClusterCapacityProviders {"capacityProviders":["FARGATE"],"cluster":"arn:web","#
                    + #""defaultCapacityProviderStrategy":[{"capacityProvider":"FARGATE","weight":1}]}"#
            ])
    }

    @Test func `what passes by itself is waited for, and nothing else`() async throws {
        let setup = Setup()
        setup.aws.refuse(
            "ecs:CreateCluster",
            ("InvalidParameterException", "Unable to assume the service linked role. Please verify that it exists."),
            ("InvalidParameterException", "Unable to assume the service linked role. Please verify that it exists."))
        setup.aws.refuse(
            "ecs:CreateService", ("InvalidParameterException", "... does not have an associated load balancer."))
        let desired = try manifests("hello").desired
        #expect(try await setup.apply(desired).outcome == .succeeded)
        #expect(setup.aws.callCounts["ecs:CreateCluster"] == 3)

        setup.aws.refuse(
            "elbv2:DeleteTargetGroup", ("ResourceInUse", "'arn' is currently in use by a listener or a rule"))
        setup.aws.refuse("ecs:DeleteCluster", ("ClusterContainsServicesException", ""))
        #expect(try await setup.apply(desired, .destroy).outcome == .succeeded)
        #expect(setup.aws.callCounts["ecs:DeleteCluster"] == 2)
    }

    @Test func `another refusal is an error at once`() async throws {
        let aws = PocketAWS()
        aws.refuse("ecs:CreateCluster", ("InvalidParameterException", "Cluster name is too long."))
        let cluster = ECSCluster(AWSAccess(calling: aws, clock: ImpatientClock(), prober: ScriptedProber()))
        let request = CreateRequest(
            address: ResourceAddress(kind: .cluster, name: "web"), cloudName: "web", attributes: [:], tags: [:],
            clientToken: "", contentHash: "")
        await #expect(throws: AWSError.self) { try await cluster.create(request) }
        #expect(aws.log == [#"ecs:CreateCluster {"clusterName":"web"}"#], "no empty list of tags is sent")
    }

    @Test func `what others made since the plan is not taken over, though AWS gives it back`() async throws {
        let aws = PocketAWS()
        let access = AWSAccess(calling: aws, clock: ImpatientClock(), prober: ScriptedProber())
        let kinds: [(any ResourceKind, KindName, AttributeValue)] = [
            (ECSCluster(access), .cluster, [:]), (ELBTargetGroup(access), .targetGroup, [:]),
            (ELBLoadBalancer(access), .loadBalancer, ["subnets": ["subnet-1"]]),
        ]
        for (kind, name, attributes) in kinds {
            let address = ResourceAddress(kind: name, name: "web")
            func creation(by owner: Owner) -> CreateRequest {
                CreateRequest(
                    address: address, cloudName: "web", attributes: attributes, tags: owner.tags(for: address),
                    clientToken: "", contentHash: "")
            }
            let made = try await kind.create(creation(by: Setup.owner))
            #expect(try await kind.create(creation(by: Setup.owner)) == made)
            let failure = await #expect(throws: StepFailure.self) {
                try await kind.create(creation(by: Owner(project: "other", environment: "test")))
            }
            #expect(failure?.message.contains("--adopt \(address)") == true)
        }
    }

    @Test func `a revision whose registration was not answered is found by its content`() async throws {
        let aws = PocketAWS()
        let kind = ECSTaskDefinition(AWSAccess(calling: aws, clock: ImpatientClock(), prober: ScriptedProber()))
        let address = ResourceAddress(kind: .taskDefinition, name: "web")
        let owner = Setup.owner
        let made = try await kind.create(
            CreateRequest(
                address: address, cloudName: "web",
                attributes: ["containerDefinitions": [["name": "app", "image": "hello"]]],
                tags: owner.tags(for: address),
                clientToken: "", contentHash: "abc"))
        func find(_ hash: String) async throws -> ResourceIdentity? {
            let intent = Intent(
                id: 1, address: address, action: .create, cloudName: "web", clientToken: "", contentHash: hash,
                startedAt: 0)
            return try await kind.find(intent, owner: owner, world: ObservedWorld())?.identity
        }
        #expect(try await find("abc") == made.identity)
        #expect(try await find("other") == nil)
    }

    @Test func `an account without a default VPC is told what to write`() async throws {
        let aws = PocketAWS()
        aws.change { $0.hasDefaultVPC = false }
        let provider = AWSProvider(AWSAccess(calling: aws, prober: ScriptedProber()))
        await #expect(throws: MissingDefaultNetwork(missing: .vpc)) { try await provider.lookUp([Lookup(.subnets)]) }
    }
}
