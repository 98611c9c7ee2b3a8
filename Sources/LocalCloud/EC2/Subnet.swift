/// The one that a VPC has in a zone.
package struct Subnet: Sendable, Hashable {
    package let id: String
    /// The id of its VPC.
    package let vpc: String
    /// `local-1a`
    package let zone: String
    /// `local1-az1`: names of zones are shuffled for each account of AWS, their ids are not.
    package let zoneID: String
    package let range: IPv4Range

    package init(id: String, vpc: String, zone: String, zoneID: String, range: IPv4Range) {
        self.id = id
        self.vpc = vpc
        self.zone = zone
        self.zoneID = zoneID
        self.range = range
    }
}
