/// A default subnet of the default VPC.
package struct Subnet: Sendable, Hashable {
    package let id: String
    /// `local-1a`
    package let zone: String
    /// `local1-az1`: names of zones are shuffled for each account of AWS, their ids are not.
    package let zoneID: String
    package let range: IPv4Range

    package init(id: String, zone: String, zoneID: String, range: IPv4Range) {
        self.id = id
        self.zone = zone
        self.zoneID = zoneID
        self.range = range
    }
}
