package import Diagnostics

/// What the manifests are about and where it can run: the one resource of a set that exists in no cloud.
package struct Project: Sendable {
    package var name: String
    /// Selected when no other is asked for; `nil` when the project has several and prefers none.
    package var defaultEnvironment: String?
    /// In the order of the manifest.
    package var environments: [Environment]
    /// Of its name.
    package var range: SourceRange

    package init(name: String, defaultEnvironment: String?, environments: [Environment], range: SourceRange) {
        self.name = name
        self.defaultEnvironment = defaultEnvironment
        self.environments = environments
        self.range = range
    }

    package subscript(environment name: String) -> Environment? {
        environments.first { $0.name == name }
    }
}
