import AWSKinds
package import Diagnostics
import FoundationEssentials
package import Manifests
import Planning
package import ResourceModel

/// The manifests a command is about, without errors.
package struct LoadedProject: Sendable {
    package var project: Project
    package var environment: Environment
    package var desired: DesiredSet
    package var warnings: [Diagnostic]
    package var sources: [SourceText]

    package var owner: Owner { Owner(project: project.name, environment: environment.name) }

    /// Reads and checks the manifests; nothing is called.
    /// - Throws: ``Refusal`` with every mistake, or ``ManifestFileError``.
    package init(_ options: ManifestOptions) throws {
        let catalog = AWSProvider.catalog
        let variables = GivenVariables(
            commandLine: Dictionary(options.variables.map { ($0.name, $0.value) }) { _, last in last },
            processEnvironment: ProcessInfo.processInfo.environment)
        let loaded = ManifestLoader(catalog: catalog)
            .load(try manifestFiles(at: options.files), environment: options.environment, variables: variables)
        var diagnostics = loaded.diagnostics
        if !diagnostics.hasErrors { diagnostics += Planner.validate(loaded.desired, catalog: catalog) }
        guard !diagnostics.hasErrors, let project = loaded.project, let environment = loaded.environment else {
            throw Refusal(.invalidManifests, diagnostics, sources: loaded.sources)
        }
        self.project = project
        self.environment = environment
        desired = loaded.desired
        warnings = diagnostics
        sources = loaded.sources
    }
}

/// Nothing has been changed, because of what the diagnostics say.
package struct Refusal: Error, Sendable {
    package var status: ExitStatus
    package var diagnostics: [Diagnostic]
    package var sources: [SourceText]

    package init(_ status: ExitStatus, _ diagnostics: [Diagnostic], sources: [SourceText]) {
        self.status = status
        self.diagnostics = diagnostics
        self.sources = sources
    }
}
