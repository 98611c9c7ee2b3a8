import AttributeTree
import Reconciliation
import ResourceModel
import StateModel

/// A way from outside to the tasks of a service: a listener that forwards to one of its target groups.
struct ServiceRoute: Sendable, Equatable {
    var request: ProbeRequest
    /// The answers that prove a task is there.
    var expected: StatusMatcher
    /// The load balancer answers only inside its VPC, where this program may not be.
    var isInternal: Bool

    /// The first way there is, one without TLS before others; `nil` when no managed listener sends requests to the
    /// target groups, or none that speaks HTTP.
    ///
    /// - Parameter groups: the ARNs of the target groups.
    static func find(to groups: [String], _ recorded: [ResourceAddress: RecordedResource]) -> ServiceRoute? {
        let resources = recorded.values.sorted { $0.address < $1.address }
        let routes = groups.flatMap { arn -> [ServiceRoute] in
            let group = resources.first { $0.address.kind == .targetGroup && $0.identity.id == arn }
            let names = [arn] + (group.map { [$0.address.name] } ?? [])
            return resources.filter { $0.address.kind == .listener }.compactMap { listener in
                guard let weight = ListenerActions(listener.attributes).weight(of: names), weight > 0 else {
                    return nil
                }
                return ServiceRoute(listener, group?.attributes ?? [:], resources)
            }
        }
        return routes.first { !$0.request.isSecure } ?? routes.first
    }

    private init?(_ listener: RecordedResource, _ group: AttributeValue, _ resources: [RecordedResource]) {
        let name = listener.attributes["loadBalancer"]?.stringValue
        let balancer = resources.first {
            $0.address.kind == .loadBalancer && ($0.address.name == name || $0.identity.id == name)
        }
        guard let host = balancer?.identity.properties[ELBLoadBalancer.dnsName],
            let port = listener.attributes["port"]?.intValue,
            let scheme = listener.attributes["protocol"]?.stringValue, ["HTTP", "HTTPS"].contains(scheme)
        else { return nil }
        request = ProbeRequest(
            isSecure: scheme == "HTTPS", host: host, port: port,
            path: group["healthCheckPath"]?.stringValue ?? "/")
        isInternal = balancer?.attributes["scheme"] == "internal"
        let matcher = group["matcher"]
        expected =
            matcher?["grpcCode"] != nil
            ? .anyTarget : StatusMatcher(matcher?["httpCode"]?.stringValue ?? "200")
    }
}
