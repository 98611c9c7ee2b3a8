/// A target group, with its targets.
package struct TargetGroupRecord: Sendable, Codable {
    package enum TargetType: String, Sendable, Codable {
        case instance, ip
    }

    package var arn: String
    package var name: String
    package var targetType: TargetType
    package var `protocol`: ApplicationProtocol
    /// `nil`: HTTP/1.1.
    package var protocolVersion: ProtocolVersion?
    /// Of targets that are registered without one.
    package var port: Int
    package var vpcID: String
    var healthCheck: HealthCheckSettings
    var attributes: AttributeSettings
    package var tags: Tags
    /// In the order of registration.
    package var targets: [TargetRecord]

    /// Whether another creation with these settings would give the same target group.
    func hasSettings(of other: Self) -> Bool {
        targetType == other.targetType && `protocol` == other.protocol && port == other.port && vpcID == other.vpcID
            && protocolVersion == other.protocolVersion && healthCheck == other.healthCheck && tags == other.tags
    }

    func target(_ address: String, _ port: Int) -> TargetRecord? {
        targets.first { $0.id == address && $0.port == port }
    }

    /// Health checks of its targets begin from the start.
    mutating func forgetHealth() {
        for index in targets.indices { targets[index].health = .initial }
    }
}

/// What an Application Load Balancer speaks to targets, other than HTTP/1.1.
package enum ProtocolVersion: String, Sendable, Codable {
    case http2 = "HTTP2"
}

/// What an Application Load Balancer speaks.
package enum ApplicationProtocol: String, Sendable, Codable, CaseIterable {
    case http = "HTTP", https = "HTTPS"
}

/// How the targets of a group are asked for their health.
struct HealthCheckSettings: Sendable, Codable, Hashable {
    var `protocol`: ApplicationProtocol
    /// `nil`: the port of each target, called `traffic-port`.
    var port: Int?
    var path: String
    /// In seconds.
    var interval: Int
    /// In seconds.
    var timeout: Int
    var healthyThreshold: Int
    var unhealthyThreshold: Int
    var matcher: StatusMatcher
}
