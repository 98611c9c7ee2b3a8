package import ArgumentParser

/// Which manifests, for which environment.
package struct ManifestOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("file")],
        help: ArgumentHelp("A manifest, or a directory of manifests. Repeatable.", valueName: "path"))
    package var files: [String] = Self.defaultFiles

    @Option(
        name: [.short, .customLong("env")],
        help: ArgumentHelp("The environment of the project. (default: its defaultEnvironment)", valueName: "name"))
    package var environment: String?

    @Option(
        name: [.short, .customLong("var")],
        help: ArgumentHelp("Sets ${var.name}. Repeatable; wins over RECONCILE_VAR_name.", valueName: "name=value"))
    package var variables: [VariableAssignment] = []

    package init() {}

    private static let defaultFiles = ["manifests"]

    /// Whether nothing else was asked for.
    package var areDefaults: Bool { files == Self.defaultFiles && environment == nil && variables.isEmpty }
}

/// `name=value`, as given with `--var`.
package struct VariableAssignment: ExpressibleByArgument, Sendable, Hashable {
    package var name: String
    package var value: String

    package init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else { return nil }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
    }
}
