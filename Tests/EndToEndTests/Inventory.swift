import AttributeTree
import Foundation
import TestBackends

/// What an account holds, as the AWS CLI finds it: names, in their order.
struct Inventory: Sendable, Equatable {
    var clusters: [String] = []
    var services: [String] = []
    /// The active revisions: `web:1`.
    var revisions: [String] = []
    var loadBalancers: [String] = []
    var targetGroups: [String] = []
    /// The ports they listen on: `hello:80`.
    var listeners: [String] = []

    static let empty = Inventory()
    /// What manifests/hello makes.
    static let hello = Inventory(
        clusters: ["hello"], services: ["web"], revisions: ["web:1"], loadBalancers: ["hello"],
        targetGroups: ["web"], listeners: ["hello:80"])

    init(
        clusters: [String] = [], services: [String] = [], revisions: [String] = [], loadBalancers: [String] = [],
        targetGroups: [String] = [], listeners: [String] = []
    ) {
        self.clusters = clusters
        self.services = services
        self.revisions = revisions
        self.loadBalancers = loadBalancers
        self.targetGroups = targetGroups
        self.listeners = listeners
    }

    init(of aws: AWSCLI) async throws {
        async let revisions = aws("ecs", "list-task-definitions", "--status", "ACTIVE")
        async let groups = aws("elbv2", "describe-target-groups")
        async let compute = Self.compute(aws)
        async let balancers = Self.balancers(aws)
        (clusters, services) = try await compute
        (loadBalancers, listeners) = try await balancers
        self.revisions = try await revisions.names("taskDefinitionArns")
        targetGroups = try await groups["TargetGroups"].strings("TargetGroupName")
    }

    /// What is inactive is gone; AWS lists it for a while, and moto for ever.
    private static func compute(_ aws: AWSCLI) async throws -> ([String], [String]) {
        let listed = try await aws("ecs", "list-clusters").names("clusterArns")
        guard !listed.isEmpty else { return ([], []) }
        let described = try await aws(["ecs", "describe-clusters", "--clusters"] + listed)
        let clusters = described["clusters"].active.strings("clusterName")
        var services: [String] = []
        for cluster in clusters {
            let listed = try await aws("ecs", "list-services", "--cluster", cluster).names("serviceArns")
            guard !listed.isEmpty else { continue }
            let described = try await aws(
                ["ecs", "describe-services", "--cluster", cluster, "--services"] + listed)
            services += described["services"].active.strings("serviceName")
        }
        return (clusters, services.sorted())
    }

    private static func balancers(_ aws: AWSCLI) async throws -> ([String], [String]) {
        let balancers = try await aws("elbv2", "describe-load-balancers")["LoadBalancers"]?.listValue ?? []
        var listeners: [String] = []
        for balancer in balancers {
            guard let arn = balancer["LoadBalancerArn"]?.stringValue,
                let name = balancer["LoadBalancerName"]?.stringValue
            else { continue }
            let found = try await aws("elbv2", "describe-listeners", "--load-balancer-arn", arn)["Listeners"]
            listeners += (found?.listValue ?? []).compactMap { $0["Port"]?.intValue }.map { "\(name):\($0)" }
        }
        return (AttributeValue.list(balancers).strings("LoadBalancerName"), listeners.sorted())
    }
}

extension AttributeValue {
    /// The last parts of the ARNs in a member, in their order.
    fileprivate func names(_ member: String) -> [String] {
        (self[member]?.listValue ?? []).compactMap { $0.stringValue?.split(separator: "/").last.map(String.init) }
            .sorted()
    }

    /// This member of each element, in their order.
    func strings(_ member: String) -> [String] {
        (listValue ?? []).compactMap { $0[member]?.stringValue }.sorted()
    }
}

extension AttributeValue? {
    fileprivate var active: AttributeValue { .list((self?.listValue ?? []).filter { $0["status"] != "INACTIVE" }) }

    func strings(_ member: String) -> [String] { self?.strings(member) ?? [] }
}
