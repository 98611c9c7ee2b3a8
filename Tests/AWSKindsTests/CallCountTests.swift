import AttributeTree
import Diagnostics
import Manifests
import Planning
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("What a refresh costs", .tags(.medium))
struct CallCountTests {
    /// As many applications on one cluster, each with all that hello has but the cluster.
    private func applications(_ count: Int) throws -> DesiredSet {
        let names = ["TaskDefinition", "LoadBalancer", "TargetGroup", "Listener", "Service"]
        let hello = try manifests("hello").desired
        var resources = [try #require(hello[ResourceAddress(kind: "Cluster", name: "hello")])]
        for number in 0..<count {
            func renamed(_ address: ResourceAddress) -> ResourceAddress {
                names.contains(address.kind.rawValue)
                    ? ResourceAddress(kind: address.kind, name: "\(address.name)\(number)") : address
            }
            for resource in hello.resources.values where names.contains(resource.address.kind.rawValue) {
                var copy = resource
                copy.address = renamed(resource.address)
                copy.cloudName = copy.address.name
                copy.references = resource.references.map { reference in
                    guard case .managed(let address) = reference.target else { return reference }
                    copy.attributes.replace(at: reference.path.elements[...], with: renamed(address).name)
                    return Reference(path: reference.path, target: .managed(renamed(address)))
                }
                resources.append(copy)
            }
        }
        return DesiredSet(resources)
    }

    @Test(arguments: [(1, 10), (20, 18), (100, 42)])
    func `a plan of unchanged applications is made in batches`(count: Int, most: Int) async throws {
        let setup = Setup()
        let desired = try applications(count)
        #expect(try await setup.apply(desired).outcome == .succeeded)
        setup.aws.forgetCalls()
        #expect(try await setup.plan(desired).summaries == [])
        let calls = setup.aws.callCounts
        #expect(calls.values.reduce(0, +) <= most, "\(calls)")
        #expect(calls["ecs:DescribeTaskDefinition"] == nil, "a revision that a service runs is not read")
    }

    @Test func `what the first page of an account lacks is asked for in batches`() async throws {
        let setup = Setup()
        let desired = try applications(50)
        try await setup.apply(desired)
        setup.aws.change { $0.pageSize = 20 }
        setup.aws.forgetCalls()
        #expect(try await setup.plan(desired).isEmpty)
        #expect(setup.aws.callCounts["elbv2:DescribeLoadBalancers"] == 3)
        #expect(setup.aws.callCounts["elbv2:DescribeTargetGroups"] == 3)
    }

    @Test func `the plan of an unchanged shop makes the calls that its batches need`() async throws {
        let setup = Setup()
        let desired = try manifests("shop").desired
        try await setup.apply(desired)
        setup.aws.forgetCalls()
        _ = try await setup.plan(desired)
        #expect(
            setup.aws.callCounts == [
                "ec2:DescribeVpcs": 1, "ec2:DescribeSubnets": 1, "ecs:DescribeClusters": 1, "ecs:DescribeServices": 2,
                "elbv2:DescribeLoadBalancers": 1, "elbv2:DescribeTargetGroups": 1, "elbv2:DescribeListeners": 1,
                "elbv2:DescribeTags": 3, "elbv2:DescribeLoadBalancerAttributes": 1,
                "elbv2:DescribeTargetGroupAttributes": 2,
            ])
    }

    @Test func `one that is gone does not hide the others of its batch`() async throws {
        let setup = Setup()
        let desired = try applications(8)
        try await setup.apply(desired)
        setup.aws.change { world in
            world.targetGroups = world.targetGroups.filter { !$0.key.contains("web3/") }
        }
        let plan = try await setup.plan(desired)
        let created = plan.changes.filter { $0.action == .create }.map(\.address.description)
        #expect(created == ["TargetGroup/web3"])
    }
}

extension AttributeValue {
    fileprivate mutating func replace(at path: ArraySlice<AttributePath.Element>, with text: String) {
        switch (path.first, self) {
        case (.member(let name)?, .map(var members)):
            members[name]?.replace(at: path.dropFirst(), with: text)
            self = .map(members)
        case (.index(let index)?, .list(var elements)):
            elements[index].replace(at: path.dropFirst(), with: text)
            self = .list(elements)
        default: self = .string(text)
        }
    }
}
