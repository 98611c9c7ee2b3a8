/// A virtual private cloud with a subnet in each zone.
package struct VPC: Sendable, Hashable {
    package let id: String
    package let isDefault: Bool
    /// The id of the group `default`.
    package let defaultSecurityGroup: String
    /// One for each zone, in their order.
    package let subnets: [Subnet]
}

extension VPC {
    /// - Parameters:
    ///   - name: what tells it from others of the account.
    ///   - range: of its addresses: each subnet has a sixteenth.
    ///   - first: which of the sixteenths is that of its first subnet.
    init(_ name: String, in account: Account, isDefault: Bool, range: IPv4Range, first: Int) {
        let id = account.fixedID("vpc", name)
        self.id = id
        self.isDefault = isDefault
        defaultSecurityGroup = account.fixedID("sg", name)
        subnets = account.zones.enumerated().map { index, zone in
            Subnet(
                id: account.fixedID("subnet", isDefault ? zone : "\(name)/\(zone)"), vpc: id, zone: zone,
                zoneID: "\(account.region.filter { $0 != "-" })-az\(index + 1)",
                range: range.part(first + index, prefix: 20))
        }
    }
}
