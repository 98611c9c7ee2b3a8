import AWSKinds
import Diagnostics
import FoundationEssentials
package import Manifests

/// The local cloud of a project: where it keeps what it has, and what it is started with.
///
/// It is beside the states, in `.reconcile/local` of the directory that the project is written in, and shared by the
/// local environments of the project.
package struct LocalCloudPlace: Sendable, Hashable {
    /// The directory that the project is written in; commands that stand for images run there.
    package var home: String
    package var region: String?
    /// By image pattern.
    package var images: [String: String]

    package init(_ project: Project, _ environment: Environment) {
        let directory = URL(filePath: project.range.start.file).deletingLastPathComponent()
        home = directory.standardizedFileURL.path
        while home.count > 1, home.hasSuffix("/") { home.removeLast() }
        region = environment.region
        images = environment.images
    }

    /// Mistakes in the manifests of resources do not matter here, as long as the project can be read.
    ///
    /// - Throws: ``Refusal`` without a project, ``UsageError`` when the environment is not one of this machine.
    package init(_ options: ManifestOptions) throws {
        let variables = GivenVariables(
            commandLine: Dictionary(options.variables.map { ($0.name, $0.value) }) { _, last in last },
            processEnvironment: ProcessInfo.processInfo.environment)
        let loaded = ManifestLoader(catalog: AWSProvider.catalog)
            .load(try manifestFiles(at: options.files), environment: options.environment, variables: variables)
        guard let project = loaded.project, let environment = loaded.environment else {
            throw Refusal(.invalidManifests, loaded.diagnostics, sources: loaded.sources)
        }
        guard environment.cloud == .local else {
            let names = project.environments.filter { $0.cloud == .local }.map(\.name)
            throw UsageError(
                "environment \(environment.name) is not on this machine",
                help: names.isEmpty
                    ? ["add one to the project: \"local: {cloud: local}\""]
                    : ["choose \(names.joined(separator: " or ")) with --env"])
        }
        self.init(project, environment)
    }

    package var directory: String { home + "/.reconcile/local" }
    package var logFile: String { directory + "/log" }
}
