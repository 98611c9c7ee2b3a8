/// A network interface, which tasks and load balancers have: it is told of, not kept.
struct NetworkInterface: Sendable, Hashable {
    var id: String
    var address: String
    /// The id of its subnet.
    var subnet: String
    var zone: String
    var securityGroups: [String]
    var about: String
    /// Of a load balancer rather than a task.
    var isOfBalancer = false
}
