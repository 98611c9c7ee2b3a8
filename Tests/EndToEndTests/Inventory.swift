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
        let found = try await aws.each([
            ["ecs", "list-clusters"], ["ecs", "list-task-definitions", "--status", "ACTIVE"],
            ["elbv2", "describe-load-balancers"], ["elbv2", "describe-target-groups"],
        ])
        revisions = found[1].names("taskDefinitionArns")
        loadBalancers = found[2]["LoadBalancers"].strings("LoadBalancerName")
        targetGroups = found[3]["TargetGroups"].strings("TargetGroupName")
        (clusters, services) = try await Self.compute(aws, listed: found[0].names("clusterArns"))
        listeners = try await Self.listeners(aws, of: found[2]["LoadBalancers"]?.listValue ?? [])
    }

    /// What is inactive is gone; AWS lists it for a while, and moto for ever.
    private static func compute(_ aws: AWSCLI, listed: [String]) async throws -> ([String], [String]) {
        guard !listed.isEmpty else { return ([], []) }
        let lists = listed.map { ["ecs", "list-services", "--cluster", $0] }
        let found = try await aws.each([["ecs", "describe-clusters", "--clusters"] + listed] + lists)
        let services = zip(listed, found.dropFirst()).map { ($0, $1.names("serviceArns")) }.filter { !$1.isEmpty }
        let described = try await aws.each(
            services.map { ["ecs", "describe-services", "--cluster", $0, "--services"] + $1 })
        return (
            found[0]["clusters"].active.strings("clusterName"),
            described.flatMap { $0["services"].active.strings("serviceName") }.sorted()
        )
    }

    private static func listeners(_ aws: AWSCLI, of balancers: [AttributeValue]) async throws -> [String] {
        let arns = balancers.compactMap { $0["LoadBalancerArn"]?.stringValue }
        let found = try await aws.each(arns.map { ["elbv2", "describe-listeners", "--load-balancer-arn", $0] })
        return zip(balancers, found).flatMap { balancer, found in
            (found["Listeners"]?.listValue ?? []).compactMap { $0["Port"]?.intValue }.map { port in
                "\(balancer["LoadBalancerName"]?.stringValue ?? ""):\(port)"
            }
        }.sorted()
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
