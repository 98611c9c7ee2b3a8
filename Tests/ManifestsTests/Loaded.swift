import Diagnostics
import Manifests
import ResourceModel

/// What was made of some manifests, and what the user would see.
struct Loaded {
    var manifests: LoadedManifests
    var messages: String

    init(_ files: [(String, String)], environment: String? = nil, variables: GivenVariables = .none) {
        manifests = ManifestLoader(catalog: MiniCatalog.catalog).load(
            files.map { SourceText(file: $0.0, $0.1) }, environment: environment, variables: variables)
        messages = DiagnosticRenderer(sources: manifests.sources).render(manifests.diagnostics)
    }
}

/// Loads one file, `m.yaml`.
func load(_ text: String, environment: String? = nil, variables: GivenVariables = .none) -> Loaded {
    Loaded([("m.yaml", text)], environment: environment, variables: variables)
}

/// Loads resources beside a project that has one local environment, in a file of its own.
func load(resources text: String, variables: [String: String] = [:], given: GivenVariables = .none) -> Loaded {
    let variables = variables.sorted { $0.key < $1.key }.map { "\($0): '\($1)'" }.joined(separator: ", ")
    let project = """
        apiVersion: reconcile/v1
        kind: Project
        metadata: {name: market}
        spec: {environments: {home: {cloud: local, variables: {\(variables)}}}}
        """
    return Loaded([("project.yaml", project), ("m.yaml", text)], variables: given)
}

extension DesiredSet {
    subscript(address: String) -> DesiredResource? { ResourceAddress(address).flatMap { self[$0] } }
}
