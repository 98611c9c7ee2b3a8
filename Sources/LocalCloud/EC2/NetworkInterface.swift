import AttributeTree

/// A network interface, which tasks and load balancers have: it is told of, not kept.
package struct NetworkInterface: Sendable, Hashable {
    package var id: String
    package var address: String
    package var subnet: String
    package var zone: String
    package var securityGroups: [String]
    package var about: String
    /// Of a load balancer rather than a task.
    package var isOfBalancer: Bool
    package var tags: Tags

    package init(
        id: String, address: String, subnet: String, zone: String, securityGroups: [String], about: String,
        isOfBalancer: Bool = false, tags: Tags = Tags()
    ) {
        self.id = id
        self.address = address
        self.subnet = subnet
        self.zone = zone
        self.securityGroups = securityGroups
        self.about = about
        self.isOfBalancer = isOfBalancer
        self.tags = tags
    }
}
