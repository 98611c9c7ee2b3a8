/// The variables given from outside of the manifests.
///
/// A variable takes its value from the first of: `-v name=value`; `RECONCILE_VAR_name` in the environment of the
/// process; the `variables` of the selected environment of the project.
package struct GivenVariables: Sendable, Hashable {
    /// From `-v`. One that no manifest uses and no environment declares is a mistake.
    package var commandLine: [String: String]
    /// From `RECONCILE_VAR_…`, by the name without that prefix. One that is not used is ignored.
    package var process: [String: String]

    package static let none = GivenVariables()
    package static let processPrefix = "RECONCILE_VAR_"

    package init(commandLine: [String: String] = [:], process: [String: String] = [:]) {
        self.commandLine = commandLine
        self.process = process
    }

    /// - Parameter processEnvironment: all of it; what does not begin with ``processPrefix`` is left out.
    package init(commandLine: [String: String] = [:], processEnvironment: [String: String]) {
        var process: [String: String] = [:]
        for (name, value) in processEnvironment where name.hasPrefix(Self.processPrefix) {
            process[String(name.dropFirst(Self.processPrefix.count))] = value
        }
        self.init(commandLine: commandLine, process: process)
    }
}
