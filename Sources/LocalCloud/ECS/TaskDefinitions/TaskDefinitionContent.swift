import AttributeTree

/// What a task definition says, as AWS reads it back.
enum TaskDefinitionContent {
    /// With AWS's defaults, and sizes in their canonical form.
    ///
    /// - Parameter input: of `RegisterTaskDefinition`.
    static func normalized(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        var content = input
        content["tags"] = nil
        for role in ["taskRoleArn", "executionRoleArn"] where content[role] == "" { content[role] = nil }
        content["networkMode"] = input["networkMode"] ?? "bridge"
        content["cpu"] = try TaskSize.cpuUnits(input["cpu"]).map { .string(String($0)) }
        content["memory"] = try TaskSize.mebibytes(input["memory"]).map { .string(String($0)) }
        content["volumes"] = .list((input["volumes"]?.listValue ?? []).map(normalizedVolume))
        content["placementConstraints"] = input["placementConstraints"] ?? []
        content["enableFaultInjection"] = input["enableFaultInjection"] ?? false
        let mode = content["networkMode"]?.stringValue ?? ""
        content["containerDefinitions"] = .list(
            (input["containerDefinitions"]?.listValue ?? []).map { normalizedContainer($0, networkMode: mode) })
        if var proxy = input["proxyConfiguration"] {
            proxy["type"] = proxy["type"] ?? "APPMESH"
            content["proxyConfiguration"] = proxy
        }
        return content
    }

    /// With what AWS works out from the rest.
    static func completed(_ content: AttributeValue) -> AttributeValue {
        var answer = content
        answer["compatibilities"] = .list(TaskDefinitionCompatibility.of(content))
        answer["requiresAttributes"] = .list(RequiredAttributes.of(content).map { ["name": .string($0)] })
        return answer
    }

    private static func normalizedContainer(_ given: AttributeValue, networkMode: String) -> AttributeValue {
        var container = given
        container["cpu"] = given["cpu"] ?? 0
        container["essential"] = given["essential"] ?? true
        for list in ["environment", "mountPoints", "volumesFrom", "systemControls"] {
            container[list] = given[list] ?? []
        }
        container["environment"] = .list(
            (given["environment"]?.listValue ?? []).filter { !($0["value"] ?? .null).isNull })
        container["portMappings"] = .list(
            (given["portMappings"]?.listValue ?? []).map { normalizedPortMapping($0, networkMode: networkMode) })
        if var check = given["healthCheck"] {
            for (member, value) in [("interval", 30), ("timeout", 5), ("retries", 3)] as [(String, AttributeValue)] {
                check[member] = check[member] ?? value
            }
            container["healthCheck"] = check
        }
        if var capabilities = given["linuxParameters"]?["capabilities"] {
            capabilities["add"] = capabilities["add"] ?? []
            capabilities["drop"] = capabilities["drop"] ?? []
            container["linuxParameters"]?["capabilities"] = capabilities
        }
        return container
    }

    private static func normalizedPortMapping(_ given: AttributeValue, networkMode: String) -> AttributeValue {
        var mapping = given
        mapping["protocol"] = given["protocol"] ?? "tcp"
        guard let port = given["containerPort"] else { return mapping }
        let asked = given["hostPort"]?.intValue ?? 0
        if networkMode == "awsvpc" || networkMode == "host" {
            mapping["hostPort"] = asked == 0 ? port : .int(asked)
        } else {
            mapping["hostPort"] = .int(asked)
        }
        return mapping
    }

    private static func normalizedVolume(_ given: AttributeValue) -> AttributeValue {
        var volume = given
        if given.mapValue?.keys.allSatisfy({ $0 == "name" }) ?? false { volume["host"] = [:] }
        if let files = given["efsVolumeConfiguration"] {
            volume["efsVolumeConfiguration"]?["rootDirectory"] = files["rootDirectory"] ?? "/"
        }
        if let docker = given["dockerVolumeConfiguration"] {
            volume["dockerVolumeConfiguration"]?["scope"] = docker["scope"] ?? "task"
        }
        return volume
    }
}
