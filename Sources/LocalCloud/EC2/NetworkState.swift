/// The VPCs with a subnet in each zone, their security groups, and the addresses in use.
///
/// The ids are always the same in one account, so that they may be written down. All addresses are of this machine's
/// loopback network, where tasks that run as processes can have them; the VPCs have one range, as VPCs may.
package struct NetworkState: Sendable {
    private static let balancerPool = "load-balancers"

    /// Of each VPC.
    package let range: IPv4Range
    private let balancerRange: IPv4Range
    /// The default one, and another in which nothing is by default.
    package let vpcs: [VPC]
    package var securityGroups = Table<SecurityGroupRecord>("network.security-groups")
    private var pools = Table<AddressPool>("network.address-pools")

    package init(_ account: Account) {
        range = account.addresses
        balancerRange = account.balancerAddresses
        vpcs = [
            VPC("default", in: account, isDefault: true, range: account.addresses, first: 0),
            VPC("other", in: account, isDefault: false, range: account.addresses, first: 8),
        ]
        makeWhatIsMissing()
    }

    private mutating func makeWhatIsMissing() {
        for vpc in vpcs where securityGroups[vpc.defaultSecurityGroup] == nil {
            securityGroups[vpc.defaultSecurityGroup] = .defaultGroup(vpc.defaultSecurityGroup, vpc: vpc.id)
        }
        // AWS keeps the first four addresses of a subnet and the last for itself.
        for subnet in vpcs.flatMap(\.subnets) where pools[subnet.id] == nil {
            pools[subnet.id] = AddressPool(subnet.range, usable: 4..<subnet.range.count - 1)
        }
        if pools[Self.balancerPool] == nil {
            pools[Self.balancerPool] = AddressPool(balancerRange, usable: 1..<balancerRange.count - 1)
        }
    }

    package var defaultVPC: String { vpcs[0].id }
    /// Of the default VPC.
    package var subnets: [Subnet] { vpcs[0].subnets }
    /// Of the default VPC.
    package var defaultSecurityGroup: String { vpcs[0].defaultSecurityGroup }

    func vpc(_ id: String) -> VPC? { vpcs.first { $0.id == id } }

    /// Of any VPC.
    package func subnet(_ id: String) -> Subnet? { vpcs.lazy.flatMap(\.subnets).first { $0.id == id } }

    /// - Parameter vpc: the default one, unless it is known.
    func defaultSecurityGroup(of vpc: String?) -> String {
        vpc.flatMap(self.vpc)?.defaultSecurityGroup ?? defaultSecurityGroup
    }

    /// In which a subnet has the address.
    func zone(of address: String) -> String? {
        vpcs.lazy.flatMap(\.subnets).first { $0.range.contains(address) }?.zone
    }

    func freeAddresses(in subnet: Subnet) -> Int { pools[subnet.id]?.freeCount ?? 0 }

    /// - Parameter subnet: the first subnet, unless it is said.
    mutating func takeTaskAddress(in subnet: String?) -> String {
        take(from: subnet.flatMap(self.subnet)?.id ?? subnets[0].id)
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

    /// What is kept may be of a version with fewer VPCs.
    package mutating func tablesWereLoaded() { makeWhatIsMissing() }
}

extension Account {
    /// An id of the form of EC2's that is always the same for this account.
    func fixedID(_ kind: String, _ name: String = "default") -> String {
        "\(kind)-\(DerivedID("\(id)/\(region)/\(kind)/\(name)").hex(17))"
    }
}
