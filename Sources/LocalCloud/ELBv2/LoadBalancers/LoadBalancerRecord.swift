/// An Application Load Balancer.
package struct LoadBalancerRecord: Sendable, Codable {
    package enum Scheme: String, Sendable, Codable {
        case internetFacing = "internet-facing", `internal` = "internal"
    }

    /// A zone that the load balancer is in, by the one subnet it has there.
    package struct Zone: Sendable, Codable, Hashable {
        package var name: String
        package var subnetID: String
    }

    /// What `ModifyCapacityReservation` set.
    struct Reservation: Sendable, Codable, Hashable {
        var units: Int
        var modifiedAt: Moment
    }

    package var arn: String
    package var name: String
    package var scheme: Scheme
    /// The address of this machine that its listeners listen on: its `DNSName`.
    package var address: String
    package var vpcID: String
    /// By name.
    package var zones: [Zone]
    package var securityGroups: [String]
    package var ipAddressType: String
    var ipamPool: String?
    package var createdAt: Moment
    /// Until then it is provisioning and serves nothing; `nil` once it is active.
    package var activeAt: Moment?
    var attributes: AttributeSettings
    var reservation: Reservation?
    package var tags: Tags

    /// How long provisioning takes: minutes at AWS.
    static let provisioningTime = 2.0

    func isActive(at now: Moment) -> Bool { activeAt.map { $0 <= now } ?? true }

    /// Whether another creation with these settings would give the same load balancer.
    func hasSettings(of other: Self) -> Bool {
        scheme == other.scheme && zones == other.zones && Set(securityGroups) == Set(other.securityGroups)
            && ipAddressType == other.ipAddressType && tags == other.tags
    }
}
