import AttributeTree
import Diagnostics
import ResourceModel

extension ELBListener {
    static let checks: [@Sendable (DesiredResource, DesiredSet) -> [Diagnostic]] = [
        { listener, _ in checkActions(listener) },
        { listener, set in checkPort(listener, set) },
        { listener, _ in checkCertificate(listener) },
    ]

    /// AWS's limit for one action.
    static let mostTargetGroups = 5

    private static func checkActions(_ listener: DesiredResource) -> [Diagnostic] {
        listener.elements("defaultActions").filter { $0.value["type"] == "forward" }.compactMap { path, action in
            let list = path.member("forwardConfig").member("targetGroups")
            let groups = action["forwardConfig"]?["targetGroups"]?.listValue ?? []
            if groups.count > mostTargetGroups {
                return .tooManyTargetGroups(listener, groups.count, at: listener.place(list))
            }
            if groups.isEmpty, action["targetGroup"] == nil {
                return .forwardsNowhere(listener, at: listener.place(path))
            }
            return nil
        }
    }

    /// Reported at the later of the two, in address order.
    private static func checkPort(_ listener: DesiredResource, _ set: DesiredSet) -> [Diagnostic] {
        guard let balancer = listener.references.first(where: { $0.path == "loadBalancer" }) else { return [] }
        let earlier = set.referrers(of: balancer.target).lazy
            .filter { $0.kind == .listener && $0 < listener.address }.compactMap { set[$0] }
            .first { $0.attributes["port"] == listener.attributes["port"] }
        return earlier.map { [.portTaken(listener, by: $0)] } ?? []
    }

    private static func checkCertificate(_ listener: DesiredResource) -> [Diagnostic] {
        let name = listener.attributes["protocol"]?.stringValue ?? ""
        let hasCertificate = listener.attributes["certificates"]?.listValue?.isEmpty == false
        switch (name, hasCertificate) {
        case ("HTTPS", false), ("TLS", false):
            return [.certificateMissing(listener, name, at: listener.place("protocol"))]
        case ("HTTP", true):
            return [.certificateUnused(listener, at: listener.place("certificates"))]
        default: return []
        }
    }
}

extension Diagnostic {
    static func tooManyTargetGroups(_ listener: DesiredResource, _ count: Int, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(listener.words) forwards to \(count) target groups by one action", at: range,
            help: ["AWS allows five"])
    }

    static func forwardsNowhere(_ listener: DesiredResource, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "an action of \(listener.words) forwards, and does not say where to", at: range,
            help: ["write \"targetGroup\", or several of them in \"forwardConfig\""])
    }

    static func portTaken(_ listener: DesiredResource, by other: DesiredResource) -> Diagnostic {
        let port = listener.attributes["port"]?.intValue ?? 0
        return Diagnostic(
            .error, "\(listener.words) has the port \(port) of the same load balancer as \(other.words)",
            at: listener.place("port"), related: [Related("the first is here", at: other.place("port"))],
            help: ["give one of them another port"])
    }

    static func certificateMissing(_ listener: DesiredResource, _ name: String, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(listener.words) speaks \(name) and has no certificate", at: range,
            help: ["write \"certificates\" with the ARN of one, or \"protocol: HTTP\""])
    }

    static func certificateUnused(_ listener: DesiredResource, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(listener.words) speaks HTTP and has certificates", at: range,
            help: ["write \"protocol: HTTPS\", or leave \"certificates\" out"])
    }
}
