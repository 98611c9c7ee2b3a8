extension World {
    /// An address of this machine for a task: of the range of its subnet.
    ///
    /// - Parameter subnet: the id of one; the first when it is not said or unknown.
    package mutating func takeLoopbackAddress(in subnet: String? = nil) -> String {
        network.takeTaskAddress(in: subnet)
    }

    package mutating func releaseLoopbackAddress(_ address: String) { network.release(address) }

    /// An address of this machine for a load balancer, of those of ``Account/balancerAddresses``.
    package mutating func takeBalancerAddress() -> String { network.takeBalancerAddress() }

    package mutating func releaseBalancerAddress(_ address: String) { network.release(address) }
}
