package import Diagnostics
package import ResourceModel

/// What a set of manifests says.
///
/// When ``diagnostics`` has errors the rest is what could be read beside them, fit for showing and not for planning.
package struct LoadedManifests: Sendable {
    /// `nil` only with an error.
    package let project: Project?
    /// The environment that was asked for, or else the project's default or only one; `nil` only with an error.
    package let environment: Environment?
    package let desired: DesiredSet
    /// In the order of the files' names and of places in them; those without a place come last.
    package let diagnostics: [Diagnostic]
    /// For rendering the diagnostics, and those that are found later.
    package let sources: [SourceText]

    package init(
        project: Project?, environment: Environment?, desired: DesiredSet, diagnostics: [Diagnostic],
        sources: [SourceText]
    ) {
        self.project = project
        self.environment = environment
        self.desired = desired
        self.diagnostics = diagnostics
        self.sources = sources
    }
}
