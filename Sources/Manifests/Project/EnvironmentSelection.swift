import Diagnostics
import YAML

/// The project of a set of manifests and the environment that is meant.
struct EnvironmentSelection {
    private(set) var project: Project?
    private(set) var environment: Environment?
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter isIncomplete: a project may be in what could not be read.
    init(_ documents: [ManifestDocument], asked: String?, isIncomplete: Bool) {
        guard let first = documents.first else {
            if !isIncomplete { diagnostics.append(.noProject()) }
            return
        }
        for document in documents.dropFirst() {
            diagnostics.append(
                .secondProject(at: place(of: document), first: place(of: first)))
        }
        var reader = ProjectReader()
        project = reader.read(first)
        diagnostics += reader.diagnostics
        guard let project else { return }
        select(asked ?? project.defaultEnvironment, of: project)
    }

    private mutating func select(_ name: String?, of project: Project) {
        if let name {
            environment = project[environment: name]
            if environment == nil { diagnostics.append(.unknownEnvironment(name, project: project)) }
        } else if project.environments.count == 1 {
            environment = project.environments[0]
        } else {
            diagnostics.append(.noEnvironmentSelected(project: project))
        }
    }

    /// What the variables stand for. Without an environment, those of all are defined and have no value; without a
    /// project, none can be said to be undefined.
    func variables(given: GivenVariables) -> VariableScope {
        if let environment { return VariableScope(given: given, environment: environment.variables) }
        guard let project else { return VariableScope(given: given, unknown: .all) }
        return VariableScope(
            given: given, unknown: .these(Set(project.environments.flatMap { $0.variables.keys })))
    }

    private func place(of document: ManifestDocument) -> SourceRange {
        (document.kindNode ?? document.firstKey).range
    }
}
