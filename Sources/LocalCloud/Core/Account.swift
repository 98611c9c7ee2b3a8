/// Whose cloud it is, and where: what stands in every ARN.
package struct Account: Sendable, Hashable, Codable {
    /// Twelve digits.
    package var id: String
    package var region: String
    /// Which of the blocks of this machine's loopback addresses is its own: clouds that run side by side have different
    /// ones.
    package var block: Int

    /// Its tasks have 127.64.x.y to 127.254.x.y, its load balancers 127.0.1.n to 127.0.191.n.
    package static let blocks = 0..<191

    package init(id: String = "000000000000", region: String = "local-1", block: Int = 0) {
        self.id = id
        self.region = region
        self.block = block
    }

    /// `arn:aws:ecs:local-1:000000000000:cluster/hello`
    package func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(region):\(id):\(resource)"
    }

    /// An ARN of a service that knows no regions.
    package func globalARN(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service)::\(id):\(resource)"
    }

    /// Of the default VPC.
    package var addresses: IPv4Range { IPv4Range(base: 127 << 24 | UInt32(64 + block) << 16, prefix: 16) }

    /// Of the load balancers.
    package var balancerAddresses: IPv4Range { IPv4Range(base: 127 << 24 | UInt32(1 + block) << 8, prefix: 24) }

    package var zones: [String] { ["a", "b", "c"].map { region + $0 } }
}
