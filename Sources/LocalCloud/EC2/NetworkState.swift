/// The default VPC with a subnet in each zone, its security groups, and the addresses in use.
///
/// The ids are always the same in one account, so that they may be written down. All addresses are of this machine's
/// loopback network, where tasks that run as processes can have them.
package struct NetworkState: Sendable {
    private static let balancerPool = "load-balancers"

    /// Of the default VPC.
    package let range: IPv4Range

    /// The id of the default VPC, the only one.
    package let defaultVPC: String
    /// One for each zone, in their order.
    package let subnets: [Subnet]
    /// The id of the group `default`.
    package let defaultSecurityGroup: String
    package var securityGroups = Table<SecurityGroupRecord>("network.security-groups")
    private var pools = Table<AddressPool>("network.address-pools")

    package init(_ account: Account) {
        let range = account.addresses
        let balancers = account.balancerAddresses
        self.range = range
        defaultVPC = account.fixedID("vpc")
        defaultSecurityGroup = account.fixedID("sg")
        subnets = account.zones.enumerated().map { index, zone in
            Subnet(
                id: account.fixedID("subnet", zone), zone: zone,
                zoneID: "\(account.region.filter { $0 != "-" })-az\(index + 1)",
                range: range.part(index, prefix: 20))
        }
        securityGroups[defaultSecurityGroup] = .defaultGroup(defaultSecurityGroup, vpc: defaultVPC)
        // AWS keeps the first four addresses of a subnet and the last for itself.
        for subnet in subnets { pools[subnet.id] = AddressPool(subnet.range, usable: 4..<subnet.range.count - 1) }
        pools[Self.balancerPool] = AddressPool(balancers, usable: 1..<balancers.count - 1)
    }

    package func subnet(_ id: String) -> Subnet? { subnets.first { $0.id == id } }

    func freeAddresses(in subnet: Subnet) -> Int { pools[subnet.id]?.freeCount ?? 0 }

    /// - Parameter subnet: the first subnet, unless it is said.
    mutating func takeTaskAddress(in subnet: String?) -> String {
        take(from: subnets.first { $0.id == subnet }?.id ?? subnets[0].id)
    }

    mutating func takeBalancerAddress() -> String { take(from: Self.balancerPool) }

    /// Every pool knows its own.
    mutating func release(_ address: String) {
        for key in pools.keys where pools[key] != nil { pools[key]?.release(address) }
    }

    private mutating func take(from pool: String) -> String {
        guard var addresses = pools[pool] else { preconditionFailure("there is no pool \(pool)") }
        defer { pools[pool] = addresses }
        return addresses.take()
    }
}

extension NetworkState: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [TablePath(\.securityGroups), TablePath(\.pools)]
    }
}

extension Account {
    /// An id of the form of EC2's that is always the same for this account.
    func fixedID(_ kind: String, _ name: String = "default") -> String {
        "\(kind)-\(DerivedID("\(id)/\(region)/\(kind)/\(name)").hex(17))"
    }
}
