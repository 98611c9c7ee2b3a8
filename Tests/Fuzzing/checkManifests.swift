import AWSKinds
import AttributeTree
import Diagnostics
import Manifests
import Planning
import ResourceGraph
import ResourceModel

private let project = SourceText(
    file: "reconcile.yaml",
    """
    apiVersion: reconcile/v1
    kind: Project
    metadata: {name: hello}
    spec: {environments: {local: {cloud: local, variables: {tag: "1.2", port: "8080"}}}}
    """)

func checkManifests(_ input: [UInt8]) throws(BrokenProperty) {
    let source = SourceText(file: "input.yaml", bytes: input)
    let sources = input.firstRange(of: "Project".utf8) == nil ? [project, source] : [source]
    let catalog = AWSProvider.catalog
    let loaded = ManifestLoader(catalog: catalog).load(sources)
    var diagnostics = loaded.diagnostics
    if !diagnostics.hasErrors {
        try require(loaded.project != nil && loaded.environment != nil, "manifests without a mistake have a project")
        diagnostics += Planner.validate(loaded.desired, catalog: catalog)
    }
    // What could be read beside mistakes is shown, so it has to be whole as well.
    for resource in loaded.desired.resources.values { try checkResource(resource, in: source) }
    let graph = ResourceGraph.build(desired: loaded.desired, catalog: catalog).graph
    _ = (graph.dot(), graph.mermaid())
    try checkDiagnostics(diagnostics, of: source)
}

private func checkResource(_ resource: DesiredResource, in source: SourceText) throws(BrokenProperty) {
    try checkRoundTrip(resource.attributes)
    var paths: [AttributePath] = []
    collectPaths(of: resource.attributes, at: .root, into: &paths)
    for path in paths + resource.references.map(\.path) {
        guard let range = resource.source.range(of: path) else {
            throw BrokenProperty("\(path) of \(resource.address) has no place")
        }
        try checkPlace(range, in: source)
    }
}

private func collectPaths(of value: AttributeValue, at path: AttributePath, into paths: inout [AttributePath]) {
    paths.append(path)
    switch value {
    case .map(let members):
        for (name, member) in members { collectPaths(of: member, at: path.member(name), into: &paths) }
    case .list(let elements):
        for (index, element) in elements.enumerated() {
            collectPaths(of: element, at: path.index(index), into: &paths)
        }
    case .null, .bool, .int, .number, .string: break
    }
}
