/// A cluster.
package struct ClusterRecord: Sendable, Codable {
    package enum Status: String, Sendable, Codable {
        case provisioning = "PROVISIONING", active = "ACTIVE", deprovisioning = "DEPROVISIONING", inactive = "INACTIVE"
    }

    package var name: String
    package var arn: String
    package var status: Status
    /// `settings`, `configuration`, `capacityProviders`, `defaultCapacityProviderStrategy`, `serviceConnectDefaults`.
    package var settings: Document
    package var tags: Tags
    /// When it was deleted.
    package var inactiveSince: Moment?
}

/// A revision of a task definition.
package struct TaskDefinitionRecord: Sendable, Codable {
    package enum Status: String, Sendable, Codable {
        case active = "ACTIVE", inactive = "INACTIVE", deleting = "DELETE_IN_PROGRESS"
    }

    package var arn: String
    package var family: String
    package var revision: Int
    package var status: Status
    /// What `DescribeTaskDefinition` tells, but for what is above.
    package var content: Document
    package var tags: Tags
    package var registeredAt: Moment
    package var registeredBy: String
    package var deregisteredAt: Moment?
}
