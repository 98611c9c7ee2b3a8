import LoadBalancing

/// A target of a target group.
package struct TargetRecord: Sendable, Codable, Hashable {
    /// What the checks have found.
    enum Health: Sendable, Codable, Hashable {
        case initial
        case healthy
        case unhealthy(Failure)
    }

    /// Why a check failed.
    enum Failure: Sendable, Codable, Hashable {
        case status(Int)
        case timeout
        case noAnswer
    }

    /// An address or the id of an instance.
    package var id: String
    package var port: Int
    /// `nil` when it is not known, which keeps it out of no load balancer.
    package var zone: String?
    package var registeredAt: Moment
    var health: Health
    /// Set once it is deregistered: until when requests that it has may go on.
    package var drainsUntil: Moment?

    /// How long a registration takes to reach the load balancer, as far as what is told of it.
    static let registrationTime = 1.0
}

extension TargetRecord.Health {
    init(_ status: TargetStatus) {
        self =
            switch status {
            case .initial: .initial
            case .healthy: .healthy
            case .unhealthy(.status(let code)): .unhealthy(.status(code))
            case .unhealthy(.timeout): .unhealthy(.timeout)
            case .unhealthy(.noConnection), .unhealthy(.unreadable): .unhealthy(.noAnswer)
            }
    }
}
