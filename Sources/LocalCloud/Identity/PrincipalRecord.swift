/// A user or a role: somebody whom policies can be attached to. No policy is evaluated; they are kept and told.
package struct PrincipalRecord: Sendable, Codable {
    package enum Kind: String, Sendable, Codable {
        case user, role

        /// The member of an input that names one.
        var nameMember: String { self == .user ? "UserName" : "RoleName" }
    }

    package var kind: Kind
    package var name: String
    /// `AIDA…` or `AROA…`
    package var id: String
    /// Begins and ends with a slash.
    package var path: String
    package var createdAt: Moment
    package var tags: Tags
    /// The ARNs of managed policies.
    package var attachedPolicies: [String] = []
    /// By name.
    package var inlinePolicies: [String: String] = [:]
    package var boundary: String?
    /// What a role has besides.
    package var trust: Trust?

    package struct Trust: Sendable, Codable {
        /// In JSON.
        package var policy: String
        package var about: String?
        /// Seconds.
        package var maximumSession = 3600
        /// Made by a service for itself: it cannot be changed by hand.
        package var isServiceLinked = false

        package init(policy: String, about: String? = nil) {
            self.policy = policy
            self.about = about
        }
    }

    package init(
        kind: Kind, name: String, id: String, path: String = "/", createdAt: Moment, tags: Tags = Tags(),
        trust: Trust? = nil
    ) {
        self.kind = kind
        self.name = name
        self.id = id
        self.path = path
        self.createdAt = createdAt
        self.tags = tags
        self.trust = trust
    }

    package func arn(_ account: Account) -> String { account.globalARN("iam", "\(kind.rawValue)\(path)\(name)") }
}
