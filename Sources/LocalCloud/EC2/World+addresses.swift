extension World {
    /// An address of this machine for a task: 127.64.x.y, of the range of its subnet.
    ///
    /// - Parameter subnet: the id of one; the first when it is not said or unknown.
    package mutating func takeLoopbackAddress(in subnet: String? = nil) -> String {
        network.takeTaskAddress(in: subnet)
    }

    package mutating func releaseLoopbackAddress(_ address: String) { network.release(address) }

    /// An address of this machine for a load balancer: 127.0.1.N.
    package mutating func takeBalancerAddress() -> String { network.takeBalancerAddress() }

    package mutating func releaseBalancerAddress(_ address: String) { network.release(address) }
}
