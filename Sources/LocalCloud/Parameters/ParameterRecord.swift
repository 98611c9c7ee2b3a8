/// A parameter of SSM, with its history.
package struct ParameterRecord: Sendable, Codable {
    package struct Version: Sendable, Codable {
        package var number: Int
        package var value: String
        package var type: String
        package var changedAt: Moment
        package var changedBy: String

        package init(number: Int, value: String, type: String, changedAt: Moment, changedBy: String) {
            self.number = number
            self.value = value
            self.type = type
            self.changedAt = changedAt
            self.changedBy = changedBy
        }
    }

    package var name: String
    /// Newest last, never empty.
    package var versions: [Version]
    package var about: String?
    package var keyID: String?
    package var pattern: String?
    package var tier: String
    package var dataType: String
    package var tags: Tags

    package init(name: String, first: Version, tier: String = "Standard", dataType: String = "text") {
        self.name = name
        versions = [first]
        self.tier = tier
        self.dataType = dataType
        tags = Tags()
    }

    package var newest: Version { versions[versions.count - 1] }

    /// `parameter/name`, with one slash, whether the name begins with one or not.
    package func arn(_ account: Account) -> String {
        account.arn("ssm", name.hasPrefix("/") ? "parameter\(name)" : "parameter/\(name)")
    }
}
