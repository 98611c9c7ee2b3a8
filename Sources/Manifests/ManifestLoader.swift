package import Diagnostics
package import ResourceModel
import YAML

/// Reads a set of manifests into desired resources.
///
/// A pure function of the texts and what was given beside them. Every mistake of all files is reported in one run, each
/// once: what could not be read leads to no further complaint about what refers to it.
package struct ManifestLoader: Sendable {
    private let catalog: KindCatalog

    package init(catalog: KindCatalog) {
        self.catalog = catalog
    }

    /// - Parameter environment: the name that was asked for; `nil` for the project's default.
    package func load(
        _ sources: [SourceText], environment: String? = nil, variables: GivenVariables = .none
    ) -> LoadedManifests {
        var diagnostics: [Diagnostic] = []
        var documents: [ManifestDocument] = []
        let kinds = [Project.kind] + catalog.kinds.map(\.kind)
        var isIncomplete = false
        for source in sources {
            let file = YAMLReader().read(source)
            diagnostics += file.diagnostics.map { $0.explainingVariable(in: source) }
            isIncomplete = isIncomplete || !file.isComplete
            for document in file.documents {
                guard let document = readEnvelope(of: document.root, kinds: kinds, diagnostics: &diagnostics)
                else { continue }
                documents.append(document)
            }
        }

        let selection = EnvironmentSelection(
            documents.filter { $0.kind == Project.kind }, asked: environment, isIncomplete: isIncomplete)
        diagnostics += selection.diagnostics
        var resources = ResourceReader(
            catalog: catalog, variables: selection.variables(given: variables), isIncomplete: isIncomplete)
        let desired = resources.read(documents.filter { $0.kind != Project.kind })
        diagnostics += resources.diagnostics
        if let environment = selection.environment, !isIncomplete {
            diagnostics += unused(variables, besides: resources.usedVariables.union(environment.variables.keys))
        }
        return LoadedManifests(
            project: selection.project, environment: selection.environment, desired: desired,
            diagnostics: diagnostics.inSourceOrder(), sources: sources)
    }

    /// A variable given with `-v` that nothing uses is a slip; one that is declared may be for manifests to come.
    private func unused(_ variables: GivenVariables, besides known: Set<String>) -> [Diagnostic] {
        variables.commandLine.keys.filter { !known.contains($0) }.sorted()
            .map { .unusedVariable($0, known: known.sorted()) }
    }
}
