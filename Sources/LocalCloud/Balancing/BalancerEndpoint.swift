import AttributeTree

/// Where a listener really listens.
struct BalancerEndpoint: Sendable, Hashable {
    /// Its ARN.
    var listener: String
    var address: String
    /// What AWS's API tells.
    var port: Int
    /// What the port is on this machine.
    var boundPort: Int
    var isSecure: Bool
    /// Why it does not listen.
    var problem: String?

    var url: String {
        let scheme = isSecure ? "https" : "http"
        return boundPort == (isSecure ? 443 : 80) ? "\(scheme)://\(address)" : "\(scheme)://\(address):\(boundPort)"
    }

    var json: AttributeValue {
        var json: AttributeValue = [
            "listener": .string(listener), "address": .string(address), "port": .int(port),
            "boundPort": .int(boundPort), "url": .string(url),
        ]
        json["problem"] = problem.map { .string($0) }
        return json
    }
}
