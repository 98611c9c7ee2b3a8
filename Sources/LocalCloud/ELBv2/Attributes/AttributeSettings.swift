/// Those attributes of a load balancer, a target group or a listener that somebody has set.
struct AttributeSettings: Sendable, Codable, Hashable {
    var values: [String: String] = [:]
}
