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
