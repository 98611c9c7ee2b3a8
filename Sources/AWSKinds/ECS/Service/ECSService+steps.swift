import AttributeTree
import ResourceModel

extension ECSService {
    /// `await tasks registered and healthy in TargetGroup/web`
    static let awaitTargets = SettlingStep(verb: .await, estimate: expectedTimes) { service, _ in
        let groups = targetGroups(of: service)
        let final = Milestone(service.address, is: .final)
        guard !groups.isEmpty else { return ("await tasks of \(service.address) running", [final]) }
        let names = groups.map(\.description).joined(separator: " and ")
        return (
            "await tasks registered and healthy in \(names)", [final] + groups.map { Milestone($0, is: .final) }
        )
    }

    /// `verify that LoadBalancer/hello routes a request to them`
    static let verifyRoute = SettlingStep(verb: .verify) { service, set in
        let groups = targetGroups(of: service)
        let listeners = Set(groups.flatMap { set.referrers[$0] ?? [] }).filter { $0.kind == .listener }
            .compactMap { set[$0] }
        guard !listeners.isEmpty else { return ("", []) }
        let balancers = Set(
            listeners.flatMap { $0.references.compactMap(\.address) }.filter { $0.kind == .loadBalancer })
        let names = balancers.sorted().map(\.description).joined(separator: " and ")
        let all = [ResourceAddress(kind: .tasks, name: service.address.name)] + listeners.map(\.address).sorted()
        return (
            "verify that \(names.isEmpty ? "the load balancer" : names) routes a request to them",
            (all + balancers.sorted()).map { Milestone($0, is: .final) }
        )
    }

    /// The managed target groups a service registers its tasks with.
    static func targetGroups(of service: DesiredResource) -> [ResourceAddress] {
        Set(service.references.compactMap(\.address).filter { $0.kind == .targetGroup }).sorted()
    }
}
