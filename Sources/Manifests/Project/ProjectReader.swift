import AttributeTree
import Diagnostics
import ResourceModel
import YAML

/// Reads the project of a set of manifests.
struct ProjectReader {
    private(set) var diagnostics: [Diagnostic] = []

    /// `nil`, after diagnostics, when anything in it is wrong.
    mutating func read(_ document: ManifestDocument) -> Project? {
        var reader = ValueReader(variables: VariableScope())
        reader.allowsVariables = false
        let metadata = reader.metadata(of: document, as: Envelope.metadataOfProject)
        let subject = metadata.name.map { Slot.Name.resource(ResourceAddress(kind: Project.kind, name: $0)) }
        let spec = reader.spec(of: document, as: Project.schema, of: subject ?? .words("the project"))
        diagnostics += reader.diagnostics
        guard let node = document.spec, let spec else { return nil }

        let mistakes = diagnostics.count
        let environments = environments(spec, node)
        let defaultEnvironment = spec["defaultEnvironment"]?.stringValue
        if let name = defaultEnvironment, !environments.contains(where: { $0.name == name }) {
            diagnostics.append(
                .unknownDefault(name, at: node["defaultEnvironment"]?.range, environments: environments.map(\.name)))
        }
        guard let name = metadata.name, diagnostics.count == mistakes else { return nil }
        return Project(
            name: name, defaultEnvironment: defaultEnvironment, environments: environments,
            range: metadata.nameNode.range)
    }

    private mutating func environments(_ spec: AttributeValue, _ node: YAMLNode) -> [Environment] {
        let pairs = node["environments"]?.pairs ?? []
        if pairs.isEmpty {
            diagnostics.append(.noEnvironments(at: node.pairs.first { $0.key.scalar == "environments" }?.key.range))
        }
        return pairs.compactMap { pair in
            guard let name = pair.key.scalar, let members = spec["environments"]?[name] else { return nil }
            var patterns = PatternCache()
            if let pattern = Envelope.nameRule.pattern, !patterns.matches(name, pattern) {
                diagnostics.append(.badEnvironmentName(name, Envelope.nameRule, at: pair.key.range))
            }
            return environment(name, members, pair.value)
        }
    }

    private mutating func environment(_ name: String, _ members: AttributeValue, _ node: YAMLNode) -> Environment? {
        guard let cloud = members["cloud"]?.stringValue.flatMap(Environment.Cloud.init) else { return nil }
        let environment = Environment(
            name: name, cloud: cloud, region: members["region"]?.stringValue,
            profile: members["profile"]?.stringValue, endpoint: members["endpoint"]?.stringValue,
            state: members["state"]?.stringValue.flatMap(StateLocation.init),
            variables: members["variables"]?.mapValue?.compactMapValues(\.stringValue) ?? [:],
            images: members["images"]?.mapValue?.compactMapValues(\.stringValue) ?? [:])
        checkLocal(environment, node)
        if environment.state == nil, let state = node["state"] {
            diagnostics.append(.noBucket(members["state"]?.stringValue ?? "", at: state.range))
        }
        for variable in node["variables"]?.pairs ?? [] {
            guard let name = variable.key.scalar, !Template.isVariableName(name.unicodeScalars) else { continue }
            diagnostics.append(.badVariableName(name, at: variable.key.range))
        }
        return environment
    }

    /// The cloud on this machine has no account, and its state is of no use on another.
    private mutating func checkLocal(_ environment: Environment, _ node: YAMLNode) {
        guard environment.cloud == .local else {
            guard let value = node["images"] else { return }
            return diagnostics.append(.onlyForLocal("images", environment: environment.name, at: value.range))
        }
        for name in ["profile", "endpoint"] {
            guard let value = node[name] else { continue }
            diagnostics.append(.onlyForAWS(name, environment: environment.name, at: value.range))
        }
        if case .s3? = environment.state, let value = node["state"] {
            diagnostics.append(.remoteStateOfLocal(environment: environment.name, at: value.range))
        }
    }
}
