/// A secret of Secrets Manager.
package struct SecretRecord: Sendable, Codable {
    package enum Value: Sendable, Codable, Hashable {
        case text(String)
        /// In Base64.
        case binary(String)
    }

    package struct Version: Sendable, Codable {
        package var id: String
        package var value: Value
        package var stages: [String]
        package var createdAt: Moment

        package init(id: String, value: Value, stages: [String], createdAt: Moment) {
            self.id = id
            self.value = value
            self.stages = stages
            self.createdAt = createdAt
        }
    }

    package static let current = "AWSCURRENT"
    package static let previous = "AWSPREVIOUS"

    package var name: String
    package var arn: String
    package var about: String?
    package var keyID: String?
    package var tags: Tags
    package var createdAt: Moment
    package var changedAt: Moment
    package var accessedAt: Moment?
    /// When it was marked for deletion, and when it is gone.
    package var deletedAt: Moment?
    package var goneAt: Moment?
    package var versions: [Version] = []

    package init(name: String, arn: String, createdAt: Moment, tags: Tags) {
        self.name = name
        self.arn = arn
        self.createdAt = createdAt
        changedAt = createdAt
        self.tags = tags
    }

    /// The version of an id, of a stage, or both; the current one when neither is said.
    package func version(id: String?, stage: String?) -> Version? {
        versions.first { version in
            (id == nil || version.id == id)
                && (id != nil && stage == nil || version.stages.contains(stage ?? Self.current))
        }
    }

    /// Puts in a version; its stages leave the others, and what was current before becomes the previous one. Versions
    /// without a stage go.
    package mutating func add(_ version: Version) {
        let replacesCurrent = version.stages.contains(Self.current)
        for index in versions.indices {
            let wasCurrent = versions[index].stages.contains(Self.current)
            if replacesCurrent { versions[index].stages.removeAll { $0 == Self.previous } }
            versions[index].stages.removeAll(where: version.stages.contains)
            if wasCurrent, replacesCurrent { versions[index].stages.append(Self.previous) }
        }
        versions.removeAll { $0.stages.isEmpty }
        versions.append(version)
        changedAt = version.createdAt
    }
}
