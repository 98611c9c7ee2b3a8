import AttributeTree

extension ECSTaskDefinition {
    /// What several fields say together: the host port that AWS fills in depends on the network mode, and an
    /// environment variable without a value is none.
    static let normalize: @Sendable (AttributeValue) -> AttributeValue = { spec in
        guard let containers = spec["containerDefinitions"]?.listValue else { return spec }
        let sharesHostPorts = ["awsvpc", "host"].contains(spec["networkMode"]?.stringValue)
        var spec = spec
        spec["containerDefinitions"] = withoutUnsetVariables(
            .list(
                containers.map { container in
                    var container = container
                    container["portMappings"] = container["portMappings"].map {
                        normalizePorts($0, sharesHostPorts: sharesHostPorts)
                    }
                    return container
                }))
        return spec
    }

    private static func normalizePorts(_ mappings: AttributeValue, sharesHostPorts: Bool) -> AttributeValue {
        guard let mappings = mappings.listValue else { return mappings }
        return .list(
            mappings.map { mapping in
                guard mapping.mapValue != nil else { return mapping }
                var mapping = mapping
                let hostPort = mapping["hostPort"] ?? 0
                if sharesHostPorts { mapping["hostPort"] = mapping["containerPort"] ?? hostPort }
                return mapping
            })
    }

    /// The containers without the environment variables that have no value, which AWS does not keep.
    static func withoutUnsetVariables(_ containers: AttributeValue) -> AttributeValue {
        guard let containers = containers.listValue else { return containers }
        return .list(
            containers.map { container in
                guard let variables = container["environment"]?.listValue else { return container }
                var container = container
                container["environment"] = .list(variables.filter { !($0["value"] ?? .null).isNull })
                return container
            })
    }
}
