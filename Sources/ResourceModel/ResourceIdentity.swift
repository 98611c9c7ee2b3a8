/// How the cloud knows a resource.
package struct ResourceIdentity: Sendable, Hashable {
    /// What others refer to it by: an ARN.
    package var id: String
    /// What else is worth knowing of it and never changes while the id stands, such as `dnsName`.
    package var properties: [String: String]

    package init(id: String, properties: [String: String] = [:]) {
        self.id = id
        self.properties = properties
    }
}

/// The tags by which a resource says whose it is.
package struct Owner: Sendable, Hashable {
    package var project: String
    package var environment: String

    package init(project: String, environment: String) {
        self.project = project
        self.environment = environment
    }

    package static let projectTag = "reconcile:project"
    package static let environmentTag = "reconcile:environment"
    package static let addressTag = "reconcile:address"

    /// The tags a resource at an address carries.
    package func tags(for address: ResourceAddress) -> [String: String] {
        [Self.projectTag: project, Self.environmentTag: environment, Self.addressTag: address.description]
    }

    /// Whose a resource with these tags is, and which of theirs; `nil` when the tags do not say so.
    package static func reading(_ tags: [String: String]) -> (owner: Owner, address: ResourceAddress)? {
        guard let project = tags[projectTag], let environment = tags[environmentTag],
            let address = tags[addressTag].flatMap(ResourceAddress.init)
        else { return nil }
        return (Owner(project: project, environment: environment), address)
    }
}
