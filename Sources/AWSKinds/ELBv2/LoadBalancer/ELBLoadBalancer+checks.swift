import AttributeTree
import Diagnostics
import ResourceModel

extension ELBLoadBalancer {
    static let checks: [@Sendable (DesiredResource, DesiredSet) -> [Diagnostic]] = [
        { balancer, _ in
            guard balancer.cloudName.hasPrefix("internal-") else { return [] }
            let place = balancer.attributes["name"] == nil ? balancer.source.resource : balancer.place("name")
            return [.internalName(balancer, at: place)]
        },
        { balancer, _ in
            guard balancer.attributes["type"] ?? "application" == "application" else { return [] }
            let field = balancer.attributes["subnetMappings"] == nil ? "subnets" : "subnetMappings"
            guard let subnets = balancer.attributes[field]?.listValue, subnets.count < 2 else { return [] }
            return [.tooFewSubnets(balancer, subnets.count, at: balancer.place(AttributePath.root.member(field)))]
        },
    ]
}

extension Diagnostic {
    /// - Parameter identity: of the load balancer that is replaced.
    static func changesName(_ balancer: DesiredResource, _ identity: ResourceIdentity) -> Diagnostic {
        let name = identity.properties[ELBLoadBalancer.dnsName].map { " \($0)" } ?? ""
        return Diagnostic(
            .warning,
            "\(balancer.words) is replaced, and with it its DNS name: requests to\(name) are answered until the new load "
                + "balancer and the tasks behind it can answer them, and fail from then on",
            at: balancer.source.resource,
            help: [
                "to have both for as long as your DNS records take, write the new load balancer, with listeners and target "
                    + "groups of its own, beside this one, and remove this one later"
            ])
    }

    static func internalName(_ balancer: DesiredResource, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "the name \"\(balancer.cloudName)\" of a load balancer begins with \"internal-\"", at: range,
            help: ["AWS keeps that for itself: give it another name, and write \"scheme: internal\" if that is meant"])
    }

    static func tooFewSubnets(_ balancer: DesiredResource, _ count: Int, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(balancer.words) has \(count == 1 ? "one subnet" : "no subnets")", at: range,
            help: ["an Application Load Balancer needs subnets in two zones at least: write two, or \"default\""])
    }
}
